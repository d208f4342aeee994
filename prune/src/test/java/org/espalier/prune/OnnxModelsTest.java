package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Mode;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.onnx.OnnxFile;
import org.espalier.nn.optim.Optimizer;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.KeepReason;
import org.espalier.prune.graph.RefusedUnit;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.quantize.IntegerModel;
import org.espalier.prune.quantize.QuantizedModel;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Models that other programs exported are models like any others: trained, pruned, shrunk, quantized, served. */
class OnnxModelsTest {
    private static final Path CASES = Path.of(System.getProperty("basedir", ""), "..", "nn", "src", "test", "resources",
            "org", "espalier", "nn", "onnx", "cases", "models");

    private static final Map<String, String> OUTPUTS = Map.of("torch_two_outputs", "probabilities", "sklearn_breast",
            "probabilities", "sklearn_wine", "probabilities");

    private static Stream<DynamicTest> each(Check check) throws IOException {
        try (var files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(file -> DynamicTest.dynamicTest(name(file),
                            () -> check.of(name(file), read(file), rows(file))));
        }
    }

    @FunctionalInterface
    private interface Check {
        void of(String name, Layer model, Tensor rows) throws IOException;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".onnx", "");
    }

    private static Layer read(Path file) throws IOException {
        var read = OnnxFile.read(file).asFloat32();
        return OUTPUTS.containsKey(name(file)) ? read.model(OUTPUTS.get(name(file))) : read.model();
    }

    private static Tensor rows(Path file) throws IOException {
        var lines = Files.readAllLines(file.resolveSibling(name(file) + ".x.csv"));
        var numbers = lines.stream().flatMap(line -> Arrays.stream(line.split(","))).map(Float::valueOf).toList();
        var elements = new float[numbers.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = numbers.get(i);
        }
        return Tensor.of(Shape.of(lines.size(), elements.length / lines.size()), elements);
    }

    private static void assertNear(Tensor expected, Tensor actual, double tolerance) {
        assertEquals(expected.shape(), actual.shape());
        assertArrayEquals(widened(expected), widened(actual), tolerance);
    }

    private static double[] widened(Tensor tensor) {
        float[] values = tensor.toArray();
        var wide = new double[values.length];
        Arrays.setAll(wide, i -> values[i]);
        return wide;
    }

    @TestFactory
    Stream<DynamicTest> theyTrain() throws IOException {
        return each((name, model, rows) -> {
            var target = model.forward(rows).detach();
            model.parameters().values().stream()
                    .filter(parameter -> parameter.isTrainable() && parameter.shape().rank() == 2)
                    .forEach(parameter -> parameter.assign(parameter.value().detach().times(0.9f)));
            var optimizer = Optimizer.sgd(1e-3f).bind(model);
            double before = loss(model, rows, target).item();
            for (int step = 0; step < 5; step++) {
                optimizer.step(loss(model, rows, target).backward());
            }
            double after = loss(model, rows, target).item();
            assertTrue(after < before, name + ": " + before + " → " + after);
        });
    }

    private static Tensor loss(Layer model, Tensor rows, Tensor target) {
        return model.forward(rows, Mode.inference()).minus(target).square().mean();
    }

    @TestFactory
    Stream<DynamicTest> theyAreServedBitForBit() throws IOException {
        return each((name, model, rows) -> assertArrayEquals(
                model.forward(rows).toArray(), InferenceModel.of(model).predict(rows).toArray()));
    }

    @TestFactory
    Stream<DynamicTest> theyArePrunedAndShrunkToTheSameOutputs() throws IOException {
        return each((name, model, rows) -> {
            int neurons = hidden(model);
            if (neurons == 0) {
                // one linear layer: its neurons are the outputs
                assertThrows(IllegalArgumentException.class,
                        () -> Structured.neurons(Criterion.magnitude()).sparsity(0.5).plan(model));
                return;
            }
            Structured.neurons(Criterion.magnitude()).sparsity(0.5).plan(model).apply();
            var expected = model.forward(rows);
            var result = Shrink.of(model);
            var small = result.model();
            assertNear(expected, small.forward(rows), 1e-4 * Math.max(1, expected.abs().max().item()));
            assertNear(small.forward(rows), InferenceModel.of(small).predict(rows), 0);
            // units that are normalized together have to stay, and the result says so
            boolean explained = result.refused().stream()
                    .anyMatch(unit -> unit.reason().equals(KeepReason.NORMALIZED_TOGETHER));
            assertEquals(name.startsWith("torch_layernorm"), explained);
            assertTrue(explained || hidden(small) < neurons, name + " keeps all " + neurons + " neurons: " + small);
        });
    }

    /** Neurons of layers that others follow. */
    private static int hidden(Layer model) {
        var sizes = new ArrayList<Integer>();
        Layers.walk(model, (path, layer) -> {
            if (layer instanceof Linear linear) {
                sizes.add(linear.out());
            }
        });
        return sizes.stream().limit(Math.max(0, sizes.size() - 1)).mapToInt(Integer::intValue).sum();
    }

    @TestFactory
    Stream<DynamicTest> theyAreQuantizedAndExportedAgain() throws IOException {
        return each((name, model, rows) -> {
            Unstructured.global(Criterion.magnitude()).sparsity(0.5).plan(model).apply();
            var quantized = IntegerModel.dynamic(QuantizedModel.of(model));
            var expected = model.forward(rows);
            var difference = expected.minus(quantized.forward(rows)).abs().max().item();
            assertTrue(difference <= 0.1 * Math.max(1, expected.abs().max().item()), name + ": " + difference);
            var back = OnnxFile.read(OnnxFile.of(model).toBytes()).model();
            assertNear(expected, back.forward(rows), 1e-5 * Math.max(1, expected.abs().max().item()));
        });
    }

    /** A node that cannot be pruned through is named, and the rest is pruned all the same. */
    @Test
    void whatCannotBePrunedThroughIsNamed() throws IOException {
        var model = OnnxFile.read(CASES.resolveSibling("graphs").resolve("c10_softmax_axis0.onnx")).model();
        var weight = model.parameters().get("fc1.weight");
        // neuron 0 is idle, and nothing reads input 1
        weight.assignMask(Mask.of(weight.shape(), i -> i >= 4 && i % 4 != 1));
        var x = Rng.of(1).normal(Shape.of(3, 4), 1);
        var result = Shrink.of(model);

        var reason = KeepReason.unknown("softmax1 (OnnxOperator)");
        assertEquals(List.of(new RefusedUnit("fc1", 0, reason)), result.refused());
        assertArrayEquals(new int[] {0, 2, 3}, result.inputs().along(0));
        assertNear(model.forward(x), result.model().forward(x), 1e-6);
    }

    /** Rows of a batch that depend on one another are not served row by row. */
    @Test
    void rowsThatDependOnOneAnotherAreNotServed() throws IOException {
        var model = OnnxFile.read(CASES.resolveSibling("graphs").resolve("c10_softmax_axis0.onnx")).model();

        var problem = assertThrows(ShapeException.class, () -> InferenceModel.of(model));
        assertTrue(problem.getMessage().contains("ONNX Softmax: a row of the result depends on other rows"),
                problem.getMessage());
    }
}
