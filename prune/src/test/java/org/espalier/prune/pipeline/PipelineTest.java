package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.espalier.io.FormatException;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.model.ModelFile;
import org.espalier.parallel.Parallelism;
import org.espalier.prune.Problems;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Fpgm;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.RandomScore;
import org.espalier.prune.criterion.Taylor;
import org.espalier.prune.graph.CollapseRisk;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTest {
    private static Pipeline hierarchical(Sequential model) {
        return Pipeline.of(model)
                .stage("global neurons", Structured.neurons(new Fpgm()).sparsity(0.4).layers("fc1"))
                .stage(
                        "global weights",
                        Unstructured.global(Taylor.GROUP).sparsity(0.6).schedule(SparsitySchedule.cubic(3)))
                .stage("repair", Reconstructor.of(new SparseGpt(), 0.9).layers("fc1"))
                .stage("local weights", Unstructured.perLayer(Magnitude.L1).sparsity(Map.of("fc2", 0.8)))
                .stage(Stage.int8("int8").epochs(1))
                .retrain(2, Problems.retraining())
                .evaluate(Problems.loss())
                .calibrate(Problems.calibration())
                .seed(7);
    }

    @Test
    void stagesRunInOrderAndReportWhatTheyDid() throws Exception {
        var model = Problems.network(7);
        var report = hierarchical(model).run();

        assertEquals(
                List.of("global neurons", "global weights", "repair", "local weights", "int8"),
                report.stages().stream().map(StageReport::name).toList());
        assertEquals(3, report.stages().get(1).steps().size());
        assertEquals(41, report.stages().get(1).steps().getLast().removed());
        assertEquals(12, 15 - model.parameters().get("fc2.weight").kept());
        assertEquals(LayerReport.of(model), report.stages().get(3).layers());
        assertEquals(Problems.loss().of(model), report.after().get("squared error"));
        for (int i = 1; i < 5; i++) {
            assertEquals(report.stages().get(i - 1).after(), report.stages().get(i).before());
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsForAnyNumberOfThreads() {
        var results = new HashSet<List<Object>>();
        var reports = new HashSet<String>();
        for (int threads = 1; threads <= 3; threads++) {
            var model = Problems.network(7);
            try (var parallel = Parallelism.of(threads)) {
                parallel.run(() -> reports.add(hierarchical(model).run().toJson().compact()));
            }
            results.add(Problems.bits(model));
        }

        assertEquals(1, results.size());
        assertEquals(1, reports.size());
    }

    @Test
    void aRunThatIsCutOffContinuesWithTheSameBits(@TempDir Path directory) throws Exception {
        var straight = Problems.network(7);
        var expected = hierarchical(straight).run();

        for (int stop = 1; stop <= 5; stop++) {
            var states = directory.resolve("cut " + stop);
            int last = stop;
            var first = Problems.network(7);
            assertThrows(IllegalStateException.class, () -> hierarchical(first)
                    .resumeFrom(states)
                    .listen(new PipelineListener() {
                        @Override
                        public void retrained(Stage stage, StepReport step) {
                            if (stage.name().equals(expected.stages().get(last - 1).name())) {
                                throw new IllegalStateException("cut off");
                            }
                        }
                    })
                    .run());
            var resumed = new ArrayList<String>();
            var second = Problems.network(7);
            var report = hierarchical(second)
                    .resumeFrom(states)
                    .listen(new PipelineListener() {
                        @Override
                        public void stageResumed(StageReport stage) {
                            resumed.add(stage.name());
                        }
                    })
                    .run();

            assertEquals(stop - 1, resumed.size());
            assertEquals(expected, report);
            assertEquals(Problems.bits(straight), Problems.bits(second));
        }
    }

    @Test
    void theStatesOfAnotherRunAreRefused(@TempDir Path directory) throws Exception {
        hierarchical(Problems.network(7)).resumeFrom(directory).run();
        var model = Problems.network(7);
        var before = Problems.bits(model);

        isRefused(hierarchical(model).seed(8), directory, "another seed");
        var wider = Sequential.of(Linear.of(10, 6), Linear.of(6, 1));
        isRefused(hierarchical(wider), directory, "a model with other layers");
        Files.write(directory.resolve("stage-05.safetensors"), new byte[] {1, 2, 3});
        isRefused(hierarchical(model), directory, "stage-05.safetensors");
        assertEquals(before, Problems.bits(model));
    }

    private static void isRefused(Pipeline pipeline, Path directory, String why) {
        var e = assertThrows(UncheckedIOException.class, pipeline.resumeFrom(directory)::run);
        assertInstanceOf(FormatException.class, e.getCause());
        assertTrue(e.getMessage().contains(directory.toString()), e.getMessage());
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNamedAndTheModelIsAsItWas(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("taken"), "by a file");
        var model = Problems.network(7);
        var before = Problems.bits(model);

        var e = assertThrows(UncheckedIOException.class, hierarchical(model).resumeFrom(file)::run);
        assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
        assertEquals(before, Problems.bits(model));
    }

    @Test
    void everyMethodReturnsAnotherPipelineAndLeavesThisOneAsItIs() {
        var heard = new ArrayList<String>();
        var model = Problems.network(7);
        var base = Pipeline.of(model).stage("a", Unstructured.global(Taylor.GROUP).sparsity(0.2));
        var recipe = base.recipe();
        var more = base.stage("b", Unstructured.global(Magnitude.L1).sparsity(0.5))
                .retrain(1, (same, round) -> heard.add("retrained"))
                .evaluate(Measure.lower("loss", any -> {
                    heard.add("measured");
                    return 1;
                }))
                .calibrate(Problems.calibration())
                .listen(new PipelineListener() {
                    @Override
                    public void stageBegins(Stage stage, int number, int of) {
                        heard.add("begun");
                    }
                })
                .seed(3);

        assertEquals(recipe, base.recipe());
        assertEquals(2, more.recipe().stages().size());
        assertThrows(StageException.class, base::run, "the first has no calibration");
        assertEquals(List.of(), heard);
        assertEquals(3, more.run().seed());
        // the model before, then begin, prune, retrain, measure twice for each stage
        assertEquals(List.of("measured", "begun", "measured", "retrained", "measured",
                "begun", "measured", "retrained", "measured"), heard);
    }

    @Test
    void anExceptionAtAnyPointLeavesTheModelUnchanged() {
        var model = Problems.network(7);
        var before = Problems.bits(model);
        for (int calls = 0; calls < 7; calls++) {
            int[] left = {calls};
            assertThrows(IllegalStateException.class, () -> hierarchical(model)
                    .retrain(1, (trained, round) -> {
                        Problems.retraining().retrain(trained, round);
                        if (left[0]-- == 0) {
                            throw new IllegalStateException("out of paper");
                        }
                    })
                    .run());
            assertEquals(before, Problems.bits(model));
        }
    }

    @Test
    void aStageThatCannotBeDoneIsNamed() {
        var pipeline = Pipeline.of(Problems.network(7))
                .stage("no data", Unstructured.global(Taylor.GROUP).sparsity(0.5));

        var e = assertThrows(StageException.class, pipeline::run);
        assertTrue(e.getMessage().startsWith("stage 'no data': "), e.getMessage());
        assertInstanceOf(IllegalArgumentException.class, e.getCause());
    }

    @Test
    void aModelThatGotTooBadGoesBackToTheLastStepThatWasGoodEnough() throws Exception {
        var model = Problems.network(7);
        // Before the first stage, then after pruning and after retraining of each of three steps.
        var losses = new ArrayList<>(List.of(1.0, 9.0, 1.05, 9.0, 1.1, 9.0, 1.2));
        var report = Pipeline.of(model)
                .stage(Stage.of("a", Unstructured.perLayer(Magnitude.L1)
                        .sparsity(0.6)
                        .layers("fc1")
                        .schedule(SparsitySchedule.cubic(3)))
                        .tolerance(0.1001))
                .evaluate(Measure.lower("loss", any -> losses.removeFirst()))
                .run();

        var stage = report.stages().getFirst();
        assertTrue(stage.rolledBack());
        assertEquals(2, stage.keptStep());
        assertEquals(stage.steps().get(1).removed(), 50 - model.parameters().get("fc1.weight").kept());
        assertEquals(Map.of("loss", 1.1), report.after());
        assertTrue(report.toTable().contains("rolled back to step 2"), report.toTable());
    }

    @Test
    void aStageThatIsNeverGoodEnoughLeavesNoTrace() throws Exception {
        var model = Problems.network(7);
        var before = Problems.bits(model);
        var losses = new ArrayList<>(List.of(1.0, 9.0, Double.NaN, /* next stage */ 9.0, 1.0));
        var report = Pipeline.of(model)
                .stage(Stage.of("bad", Unstructured.perLayer(new RandomScore()).sparsity(0.9)).tolerance(0.1))
                .stage(Stage.of("nothing", Unstructured.perLayer(new RandomScore()).sparsity(0)).tolerance(0))
                .evaluate(Measure.lower("loss", any -> losses.removeFirst()))
                .run();

        assertEquals(0, report.stages().getFirst().keptStep());
        assertEquals(report.before(), report.stages().getFirst().after());
        assertEquals(before, Problems.bits(model));
    }

    @Test
    void aToleranceWithoutAMeasureIsAnError() {
        var stage = Stage.of("a", Unstructured.perLayer(Magnitude.L1).sparsity(0.5)).tolerance(0.1);

        assertThrows(StageException.class, () -> Pipeline.of(Problems.network(7)).stage(stage).run());
        assertThrows(
                IllegalArgumentException.class,
                () -> Pipeline.of(Problems.network(7)).retrain(-1, Problems.retraining()));
    }

    @Test
    void retrainingIsToldWhichRoundItIs() throws Exception {
        var rounds = new ArrayList<Retraining.Round>();
        Pipeline.of(Problems.network(7))
                .stage(Stage
                        .of("a", Unstructured.global(Magnitude.L1).sparsity(0.5).schedule(SparsitySchedule.cubic(2)))
                        .epochs(5))
                .stage("b", Unstructured.global(Magnitude.L1).sparsity(0.6))
                .stage(Stage.of("c", Unstructured.global(Magnitude.L1).sparsity(0.7)).epochs(0))
                .retrain(3, (model, round) -> rounds.add(round))
                .run();

        assertEquals(
                List.of("a 1/2 1", "a 2/2 5", "b 1/1 3"),
                rounds.stream()
                        .map(r -> r.stage() + " " + r.step() + "/" + r.steps() + " " + r.epochs())
                        .toList());
        assertEquals(3, rounds.stream().map(Retraining.Round::seed).distinct().count());
    }

    @Test
    void aPlanPredictsTheCountsWithoutTouchingTheModel() throws Exception {
        var model = Problems.network(7);
        var before = Problems.bits(model);
        var plan = hierarchical(model).plan();

        assertEquals(before, Problems.bits(model));
        var report = hierarchical(model).run();
        assertEquals(report.stages().getFirst().layers(), plan.stages().getFirst().layers());
        for (int i = 0; i < 4; i++) {
            var planned = plan.stages().get(i).steps();
            var done = report.stages().get(i).steps();
            assertEquals(
                    done.stream().map(StepReport::removed).toList(),
                    planned.stream().map(StepReport::removed).toList());
        }
    }

    @Test
    void aPlanSaysWhatWouldCollapse() {
        var model = Problems.network(7);
        var before = Problems.bits(model);
        var plan = Pipeline.of(model)
                .stage("most", Unstructured.perLayer(Magnitude.L1).sparsity(Map.of("fc1", 0.5)))
                .stage("cut", Unstructured.perLayer(Magnitude.L1).sparsity(Map.of("fc2", 1.0)))
                .plan();

        assertEquals(List.of(), plan.stages().getFirst().risks());
        assertEquals(
                List.of(
                        new CollapseRisk(CollapseRisk.Kind.EMPTY_LAYER, "fc2", 0),
                        new CollapseRisk(CollapseRisk.Kind.CONSTANT_OUTPUTS, "", 1)),
                plan.stages().getLast().risks());
        assertEquals(before, Problems.bits(model));
    }

    @Test
    void testDataAreAskedOnceAtTheEndOfBothModels() throws Exception {
        var model = Problems.network(7);
        double dense = Problems.loss().of(model);
        var asked = new ArrayList<Double>();
        var report = hierarchical(model)
                .test(Measure.lower("test error", tested -> {
                    asked.add(Problems.loss().of(tested));
                    return asked.getLast();
                }))
                .testClasses(2, Dataset.of(Rng.of(1).normal(Shape.of(20, 10), 1), Tensor.zeros(Shape.of(20))))
                .run();

        assertEquals(List.of(dense, report.after().get("squared error")), asked);
        var test = report.test().orElseThrow();
        assertEquals(new TestReport.Change(asked.getFirst(), asked.getLast()), test.measures().get("test error"));
        assertEquals(List.of(20L, 0L), test.classes().stream().map(TestReport.ClassChange::samples).toList());
    }

    @Test
    void aBudgetIsReachedInSteps() throws Exception {
        var model = Problems.network(7);
        var report = Pipeline.of(model)
                .stage(
                        "budget",
                        Unstructured.global(Magnitude.L1)
                                .within(Resource.PARAMETERS, 30)
                                .schedule(SparsitySchedule.cubic(3)))
                .retrain(1, Problems.retraining())
                .run();

        // 68 weights and 9 biases: 47 go, after steps of 1 − (2/3)³ and 1 − (1/3)³ of them.
        assertEquals(
                List.of(33, 45, 47),
                report.stages().getFirst().steps().stream().map(StepReport::removed).toList());
        assertEquals(21, report.total().kept());
    }

    @Test
    void anInterruptEndsTheRunAndLeavesTheModelUnchanged() {
        var model = Problems.network(7);
        var before = Problems.bits(model);

        assertThrows(CancellationException.class, () -> hierarchical(model)
                .retrain(1, (trained, round) -> Thread.currentThread().interrupt())
                .run());
        assertTrue(Thread.interrupted(), "the flag is still set");
        assertEquals(before, Problems.bits(model));
    }

    @Test
    void theModelAfterEachStageIsAModelFile(@TempDir Path directory) throws Exception {
        var model = Problems.network(7);
        hierarchical(model).resumeFrom(directory).run();

        assertEquals(
                Problems.bits(model),
                Problems.bits(ModelFile.read(directory.resolve("stage-05.safetensors")).model()));
    }

    @Test
    void aPipelineCanBeMadeFromARecipeAndGivesItBack() {
        var recipe = hierarchical(Problems.network(7)).recipe();

        assertEquals(recipe, Pipeline.of(Problems.network(7), Recipe.parse(recipe.toText())).recipe());
    }
}
