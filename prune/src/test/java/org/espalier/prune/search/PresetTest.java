package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.pipeline.Stage;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.WeightFormat;
import org.junit.jupiter.api.Test;

class PresetTest {
    @Test
    void eachPrunesToItsSparsityAndStaysGood() throws Exception {
        var train = SearchProblems.classes(150, 1);
        var test = SearchProblems.classes(300, 2);
        var dense = Sequential.of(
                Linear.of(8, 300), Activation.relu(), Linear.of(300, 100), Activation.relu(), Linear.of(100, 3));
        Trainer.of(dense, Loss.crossEntropy(), Optimizer.adam(5e-3f)).batchSize(16).epochs(5).seed(3).fit(train);
        double before = Metric.accuracy().of(dense, test);
        for (var preset : Preset.all()) {
            var model = Layers.copy(dense);
            var pipeline = preset.pipeline(model, Loss.crossEntropy(), train);
            var report = pipeline.run();
            var file = preset.file(model, pipeline.recipe(), report);

            double kept = ModelCost.of(model).total().weightDensity();
            switch (preset.name()) {
                // Half of the neurons of two hidden layers leave between a fourth and a half of the weights.
                case "neurons" -> assertEquals(0.4, kept, 0.15);
                case "strong" -> assertEquals(0.05, kept, 0.01);
                // 300 blocks of fc1 and of fc2, of which those of the last 4 rows are cut off, and the 100 of fc3.
                case "blocks-8x1" -> assertEquals(5100.0 / 32_700, kept, 0.01);
                // An eighth of 600 + 7,500 + 100 blocks: the 100 of fc3, of 3 weights, and 925 of 4 others.
                case "blocks-4x1" -> assertEquals(4000, ModelCost.of(model).total().keptWeights());
                // Of 8, 300 and 100 inputs 1, 37 + 4 and 12 + 4.
                case "1-of-8" -> assertEquals(List.of(300, 4100, 48), kept(model));
                // 8 inputs are no group of 16; of 300 and 100 inputs 36 + 12 and 12 + 4.
                case "2-of-16" -> assertEquals(List.of(2400, 4800, 48), kept(model));
                default -> {
                    assertEquals(1 - preset.sparsity(), kept, 1e-3, preset.name());
                    assertEquals(300, model.parameters().get("fc3.weight").kept(), preset.name()); // below its floor
                }
            }
            var back = ModelFile.read(file.toBytes()).model();
            assertTrue(Metric.accuracy().of(back, test) > before - 0.05, preset.name());
        }
    }

    private static List<Integer> kept(Layer model) {
        return List.of("fc1.weight", "fc2.weight", "fc3.weight").stream()
                .map(name -> model.parameters().get(name).kept())
                .toList();
    }

    @Test
    void aPatternThatLeavesNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Preset.blocks(0));
        assertThrows(IllegalArgumentException.class, () -> Preset.nm(0, 8));
        assertThrows(IllegalArgumentException.class, () -> Preset.nm(8, 8));
        assertThrows(IllegalArgumentException.class, () -> Preset.nm(1, 1));
        assertEquals(0.75, Preset.nm(4, 16).sparsity());
    }

    @Test
    void aRecipeHasNoEpochsAndRoundsAtItsEnd() {
        assertEquals(Preset.balanced().candidate().stages().apply(0.8), Preset.balanced().recipe().stages());
        var stages = Preset.smallest().recipe().stages();
        assertEquals(Preset.smallest().candidate().stages().apply(0.9), stages.subList(0, 1));
        assertEquals(Stage.quantization("int8", Quantization.of(WeightFormat.int8())).epochs(0), stages.get(1));
    }

    @Test
    void aNetworkBelowTheFloorLosesNothing() throws Exception {
        var train = SearchProblems.classes(150, 1);
        for (var preset : List.of(Preset.light(), Preset.balanced(), Preset.smallest(), Preset.fast())) {
            var model = SearchProblems.network(3, 2, 1); // layers of 128, 256 and 48 weights
            preset.pipeline(model, Loss.crossEntropy(), train).run();
            assertEquals(1, ModelCost.of(model).total().weightDensity(), preset.name());
        }
    }

    @Test
    void epochsDependOnTheNumberOfSamples() {
        // 3,000 steps of 32 are 48 epochs of 2,000 samples; never fewer than 27, never more than 60.
        assertEquals(48, Preset.balanced().epochs(2000));
        assertEquals(16, Preset.fast().epochs(2000));
        assertEquals(27, Preset.balanced().epochs(60_000));
        assertEquals(60, Preset.balanced().epochs(150));
        assertEquals(120, Preset.smallest().epochs(150));
    }

    @Test
    void namesAreFoundOrTheErrorListsThem() {
        assertEquals("smallest", Preset.of("Smallest").name());
        var error = assertThrows(IllegalArgumentException.class, () -> Preset.of("tiny"));
        assertTrue(error.getMessage().contains("light, balanced, strong, smallest, fast, neurons"), error.getMessage());
    }
}
