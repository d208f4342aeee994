package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Problems;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.training.DenseSparseDense;
import org.espalier.prune.training.RigL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingStageTest {
    private static Pipeline pipeline(Sequential model) {
        return Pipeline.of(model)
                .stage(Stage.training("moving", RigL.sparsity(0.5).every(3)).epochs(4))
                .stage(Stage.of("rest", Unstructured.global(Magnitude.L1).sparsity(0.75).floor(Floor.units(1)))
                        .epochs(1))
                .retrain(2, Problems.retraining())
                .evaluate(Problems.loss())
                .seed(3);
    }

    @Test
    void theMethodTrainsAndTheReportTellsWhatIsLeft() throws Exception {
        var model = Problems.network(1);
        var report = pipeline(model).run();
        var step = report.stages().getFirst().steps().getFirst();

        // 50 + 15 + 3 weights.
        assertEquals(68, step.units());
        assertEquals(34, step.removed());
        assertEquals(17, model.parameters().values().stream()
                .filter(parameter -> parameter.shape().rank() == 2)
                .mapToInt(org.espalier.nn.Parameter::kept)
                .sum());
        assertNotEquals(step.pruned(), step.retrained());
    }

    @Test
    void theRecipeReadsBack() {
        var recipe = pipeline(Problems.network(1)).recipe();

        assertEquals(recipe, Recipe.parse(recipe.toText()));
        assertTrue(recipe.toText().contains("kind training\n  method rigl, sparsity 0.5"), recipe::toText);
        assertThrows(IllegalArgumentException.class, () -> Recipe.parse("stage \"a\"\n kind training\n method none\n"));
    }

    @Test
    void aRunThatWasCutOffContinuesWithTheSameBits(@TempDir Path directory) throws Exception {
        var whole = Problems.network(1);
        var report = pipeline(whole).run();
        pipeline(Problems.network(1)).resumeFrom(directory).run();
        Files.delete(directory.resolve("stage-02.safetensors"));
        var rest = Problems.network(1);
        var again = pipeline(rest).resumeFrom(directory).run();

        assertEquals(Problems.bits(whole), Problems.bits(rest));
        assertEquals(report, again);
    }

    @Test
    void aModelThatBecomesTooBadGoesBack() throws Exception {
        var model = Problems.network(1);
        var before = Problems.bits(model);
        var losses = new java.util.ArrayList<>(java.util.List.of(1.0, 1.0, 9.0));
        var report = Pipeline.of(model)
                .stage(Stage.training("moving", RigL.sparsity(0.9)).tolerance(0.5))
                .retrain(2, Problems.retraining())
                .evaluate(Measure.lower("loss", any -> losses.removeFirst()))
                .run();

        assertTrue(report.stages().getFirst().rolledBack());
        assertEquals(before, Problems.bits(model));
    }

    @Test
    void withoutTrainingThereIsNothingToTakePartIn() {
        var model = Problems.network(1);
        var stage = Stage.training("moving", RigL.sparsity(0.5));
        var without = Pipeline.of(model).stage(stage);
        var own = Pipeline.of(model).stage(stage).retrain(1, (same, round) -> {});
        var short0 = Pipeline.of(model).stage(stage.epochs(0)).retrain(1, Problems.retraining());

        assertTrue(assertThrows(StageException.class, without::run).getMessage().contains("'moving'"));
        assertTrue(assertThrows(StageException.class, own::run).getMessage().contains("Retraining.on"));
        assertThrows(StageException.class, short0::run);
        assertEquals(0, Pipeline.of(model).stage(stage).plan().stages().getFirst().steps().getFirst().removed());
    }

    @Test
    void whatTheMethodRefusesNamesTheStageAndLeavesTheModel() {
        var model = Problems.network(1);
        var before = Problems.bits(model);
        var best = Trainer.of(model, Loss.meanSquaredError(), Optimizer.adam(0.01f))
                .metric(Metric.meanSquaredError())
                .keepBest();
        var samples = Problems.samples(32, 1);
        var dsd = Pipeline.of(model)
                .stage(Stage.training("dsd", DenseSparseDense.epochs(5, 5)))
                .retrain(2, Problems.retraining());

        assertThrows(StageException.class, dsd::run);
        assertThrows(IllegalArgumentException.class, () -> Retraining.with(best, samples));
        assertEquals(before, Problems.bits(model));
    }
}
