package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.Problems;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.quantize.ActivationQuantization;
import org.espalier.prune.quantize.Gptq;
import org.espalier.prune.quantize.InputScales;
import org.espalier.prune.quantize.IntegerModel;
import org.espalier.prune.quantize.LeastSquares;
import org.espalier.prune.quantize.MinMax;
import org.espalier.prune.quantize.OptimalBrainQuantization;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.QuantizedModel;
import org.espalier.prune.quantize.Rounder;
import org.espalier.prune.quantize.WeightFormat;
import org.espalier.prune.training.GradualPruning;
import org.espalier.prune.training.MaskedTraining;
import org.espalier.prune.training.RigL;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizationFormsTest {
    private static final Quantization INT4 = Quantization.of(WeightFormat.int4());
    private static final Quantization INT8 = Quantization.of(WeightFormat.int8());

    static List<Quantization> forms() {
        return List.of(
                Quantization.of(new WeightFormat.Integers(2)),
                INT4,
                INT4.rounding(new Gptq()),
                INT4.rounding(new OptimalBrainQuantization(0.02)),
                INT8.inputs(new ActivationQuantization.Dynamic()),
                INT8.inputs(new ActivationQuantization.Static(new MinMax())),
                INT4.rounding(new Gptq(false, 2, 0.05)).inputs(new ActivationQuantization.Static(new LeastSquares())),
                Quantization.of(WeightFormat.codebook(8)),
                Quantization.of(WeightFormat.bfloat16()));
    }

    private static Pipeline pipeline(Layer model, Stage stage) {
        return Pipeline.of(model)
                .stage("prune", Unstructured.perLayer(Magnitude.L1).sparsity(0.5))
                .stage(stage)
                .calibrate(Problems.calibration())
                .evaluate(Problems.loss())
                .test(Problems.loss())
                .seed(3);
    }

    private static boolean isMasked(PrunableWeight target, int i) {
        return target.mask().isPresent() && !target.mask().get().keeps(i);
    }

    private static void requireZeros(Layer model) {
        for (var target : PrunableWeight.of(model)) {
            float[] values = target.weight().value().toArray();
            for (int i = 0; i < values.length; i++) {
                if (isMasked(target, i)) {
                    assertEquals(0, Float.floatToRawIntBits(values[i]), target.name());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormKeepsMasksReadsBackTrainsAndResumes(Quantization how, @TempDir Path directory) throws Exception {
        var stage = Stage.quantization("round", how).epochs(1);
        var model = Problems.network(7);
        var pipeline = pipeline(model, stage).retrain(0, Problems.retraining());
        var report = pipeline.run();

        assertEquals(pipeline.recipe(), Recipe.parse(pipeline.recipe().toText()));
        assertEquals(25, model.parameters().get("fc1.weight").kept());
        requireZeros(model);
        assertEquals(report.after().get("squared error"),
                report.test().orElseThrow().measures().get("squared error").after());
        pipeline(Problems.network(7), stage).retrain(0, Problems.retraining()).resumeFrom(directory).run();
        assertEquals(report, pipeline(Problems.network(7), stage).resumeFrom(directory).run());
        Files.delete(directory.resolve("stage-02.safetensors"));
        var rest = Problems.network(7);
        assertEquals(report, pipeline(rest, stage).retrain(0, Problems.retraining()).resumeFrom(directory).run());
        assertEquals(Problems.bits(model), Problems.bits(rest));
    }

    @Test
    void secondOrderCodesAreThoseOfTheRounder() throws Exception {
        var model = Problems.network(7);
        var pruned = Problems.network(7);
        Unstructured.perLayer(Magnitude.L1).sparsity(0.5).plan(pruned).apply();
        var codes = new Rounder(new Gptq(), 4).apply(pruned, Problems.calibration());
        pipeline(model, Stage.quantization("round", INT4.rounding(new Gptq()))).run();

        for (var layer : codes) {
            assertArrayEquals(
                    layer.codes().dequantize().toArray(), model.parameters().get(layer.weight()).value().toArray());
        }
        // What is rounded already is not rounded again.
        var again = QuantizedModel.ofRounded(model, 4);
        assertEquals(StateDict.of(model), StateDict.of(again.dequantized()));
    }

    @Test
    void aRowWhoseLargestCodeIsSmallKeepsItsNumbers() {
        var linear = Linear.of(3, 2);
        linear.weight().assign(Tensor.of(Shape.of(2, 3), 0.5f, -0.25f, 0.75f, 0.3f, 0.7f, 0.11f));
        var codes = QuantizedModel.ofRounded(linear, 4).weights().get("weight");

        // The first row is of multiples of 0.25; with 0.75 / 7 it would be rounded.
        assertEquals(List.of(0.5f, -0.25f, 0.75f), floats(codes.dequantize()).subList(0, 3));
        // The second is of no scale's; 0.7 gets the largest code, and 0.11 the nearest.
        assertEquals(7, codes.code(1, 1));
        assertEquals(1, codes.code(1, 2));
    }

    @Test
    void whatIsMeasuredComputesWithWholeNumbers() throws Exception {
        var model = Problems.network(7);
        var how = INT8.inputs(new ActivationQuantization.Static(new MinMax()));
        var report = pipeline(model, Stage.quantization("round", how)).run();
        var scales = InputScales.of(model, Problems.calibration(), new MinMax());
        var integer = IntegerModel.of(QuantizedModel.of(model), scales);

        assertEquals(Problems.loss().of(integer), report.after().get("squared error"));
        assertNotEquals(Problems.loss().of(model), report.after().get("squared error"));
        assertEquals(Optional.of(scales), report.stages().get(1).inputScales());
        assertEquals(report, PruningReport.fromJson(report.toJson()));
    }

    @Test
    void codesOfFewBitsTakeFewBytes() throws Exception {
        var linear = Linear.of(64, 2);
        linear.weight().assign(Rng.of(1).normal(Shape.of(2, 64), 1));
        var report = Pipeline.of(Sequential.of(linear)).stage(Stage.quantization("round", INT4)).run();
        // Half a byte for each of 128, two scales and two biases.
        assertEquals(64 + 8 + 8, report.total().bytes());
        report = Pipeline.of(Sequential.of(linear))
                .stage("prune", Unstructured.perLayer(Magnitude.L1).sparsity(0.75))
                .stage(Stage.quantization("round", INT4))
                .run();
        // Half a byte for each of 32, a bit for each of 128, two scales and two biases.
        assertEquals(16 + 16 + 8 + 8, report.total().bytes());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void masksAndRoundedWeightsAreLearnedTogether(int bits) throws Exception {
        var how = Quantization.of(new WeightFormat.Integers(bits));
        for (var method : List.of(GradualPruning.sparsity(0.75), RigL.sparsity(0.75).every(3))) {
            var model = Problems.network(7);
            var pipeline = Pipeline.of(model)
                    .stage(Stage.sparseQuantizationAware("joint", how, method))
                    .retrain(4, Problems.retraining())
                    .evaluate(Problems.loss());
            var report = pipeline.run();
            var codes = QuantizedModel.of(model, how.weights());

            assertEquals(17, PrunableWeight.of(model).stream().mapToInt(target -> target.weight().kept()).sum());
            assertEquals(51, report.stages().getFirst().steps().getFirst().removed());
            assertEquals(StateDict.of(codes.dequantized()), StateDict.of(model));
            requireZeros(model);
            for (var target : PrunableWeight.of(model)) {
                int columns = target.weight().shape().dim(1);
                for (int i = 0; i < target.weight().size(); i++) {
                    if (isMasked(target, i)) {
                        assertEquals(0, codes.weights().get(target.name()).code(i / columns, i % columns));
                    }
                }
            }
            assertEquals(pipeline.recipe(), Recipe.parse(pipeline.recipe().toText()));
        }
    }

    @Test
    void aJointStageThatCannotWorkLeavesTheModel() throws Exception {
        var model = Problems.network(7);
        var before = Problems.bits(model);
        var gradual = Stage.sparseQuantizationAware("joint", INT8, GradualPruning.sparsity(0.5));
        var untrained = Pipeline.of(model).stage(gradual);
        var learning = Pipeline.of(model)
                .stage(Stage.sparseQuantizationAware("joint", INT8, MaskedTraining.sparsity(0.5)))
                .retrain(1, Problems.retraining());
        var losses = new java.util.ArrayList<>(List.of(1.0, 1.0, 9.0));
        var bad = Pipeline.of(model)
                .stage(gradual.tolerance(0.5))
                .retrain(1, Problems.retraining())
                .evaluate(Measure.lower("loss", any -> losses.removeFirst()));

        assertTrue(assertThrows(StageException.class, untrained::run).getMessage().contains("'joint'"));
        assertTrue(assertThrows(StageException.class, learning::run).getMessage().contains("plain linear"));
        assertTrue(bad.run().stages().getFirst().rolledBack());
        assertEquals(before, Problems.bits(model));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        var codebook = Quantization.of(WeightFormat.codebook(4));
        var blind = Pipeline.of(Problems.network(1)).stage(Stage.quantization("round", INT4.rounding(new Gptq())));

        assertThrows(IllegalArgumentException.class, () -> codebook.rounding(new Gptq()));
        assertThrows(IllegalArgumentException.class, () -> codebook.inputs(new ActivationQuantization.Dynamic()));
        assertTrue(assertThrows(StageException.class, blind::run).getMessage().contains("calibration"));
        for (var line : List.of("weights int9", "rounding up", "inputs static none", "inputs all", "masks none")) {
            assertThrows(RecipeException.class, () -> Recipe.parse("stage \"a\"\n kind quantization\n " + line));
        }
    }

    private static List<Float> floats(Tensor tensor) {
        var list = new java.util.ArrayList<Float>();
        for (float value : tensor.toArray()) {
            list.add(value);
        }
        return list;
    }
}
