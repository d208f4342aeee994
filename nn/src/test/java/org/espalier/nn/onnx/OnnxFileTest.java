package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.Activation;
import org.espalier.nn.Embedding;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Relu;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {
    private static final int ROWS = 50;

    @TestFactory
    Stream<DynamicTest> anotherReaderComputesTheSame() {
        return SampleModels.all().entrySet().stream()
                .map(model -> DynamicTest.dynamicTest(model.getKey(), () -> compare(model.getValue())));
    }

    private static void compare(Layer model) {
        var file = new TinyOnnx(OnnxFile.of(model).toBytes());
        var x = SampleModels.inputs(ROWS);
        var expected = model.forward(x);
        int width = expected.dim(1);
        for (int row = 0; row < ROWS; row++) {
            var inputs = Arrays.copyOfRange(x.toArray(), row * SampleModels.IN, (row + 1) * SampleModels.IN);
            var outputs = file.output(inputs);
            var own = Arrays.copyOfRange(expected.toArray(), row * width, (row + 1) * width);
            for (int i = 0; i < width; i++) {
                assertEquals(outputs[i], own[i], 1e-5 * Math.max(1, Math.abs(outputs[i])), "row " + row);
            }
        }
    }

    @Test
    void theFileSaysWhatItIs() {
        var model = Sequential.of(Linear.of(2, 3), Activation.relu(), Linear.of(3, 1));
        var file = OnnxFile.of(model).with("name", "Tiny").with("recipe", "ünpruned");
        var read = new TinyOnnx(file.toBytes());

        assertEquals(8, read.irVersion());
        assertEquals(17, read.opset());
        assertEquals(Map.of("name", "Tiny", "recipe", "ünpruned"), read.metadata());
        assertEquals(List.of("Gemm", "Relu", "Gemm", "Identity"), read.operators());
        assertEquals(List.of("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias"), read.constants());
    }

    @Test
    void aSharedLayerIsWrittenOnce() {
        var shared = Linear.of(2, 2);
        var read = new TinyOnnx(OnnxFile.of(Sequential.of(shared, shared)).toBytes());

        assertEquals(List.of("fc1.weight", "fc1.bias"), read.constants());
    }

    @Test
    void maskedWeightsAreZero() {
        var model = Linear.of(2, 1);
        model.weight().assign(Tensor.of(model.weight().shape(), 3, 5));
        model.weight().assignMask(Mask.of(model.weight().shape(), i -> i == 1));

        assertArrayEquals(new double[] {10}, new TinyOnnx(OnnxFile.of(model).toBytes()).output(7, 2));
    }

    @Test
    void equalModelsGiveEqualFiles(@TempDir Path directory) throws IOException {
        var path = directory.resolve("model.onnx");
        OnnxFile.of(Sequential.of(Linear.of(2, 3))).with("name", "a").write(path);

        assertArrayEquals(
                OnnxFile.of(Sequential.of(Linear.of(2, 3))).with("name", "a").toBytes(), Files.readAllBytes(path));
    }

    @Test
    void whatHasNoOperatorIsRefusedByItsPath() {
        var model = Sequential.of(Linear.of(2, 2), Sequential.of(Embedding.of(3, 4)));

        var problem = assertThrows(IllegalArgumentException.class, OnnxFile.of(model)::toBytes);
        assertEquals("ONNX: there is no operator for layer sequential1.embedding1, Embedding(3 → 4)",
                problem.getMessage());
    }

    @Test
    void aQuantizedModelGoesOutWithItsCodes() {
        var weight = new QuantizedMatrix(8, 2, new byte[] {-3, 127}, new float[] {0.5f});
        var layer = IntegerLinear.of(weight, Tensor.of(Shape.of(1), 2), Optional.of(new ActivationScale(0.25f, -128)));
        var read = new TinyOnnx(OnnxFile.of(layer).toBytes());

        assertEquals(
                List.of("QuantizeLinear", "DequantizeLinear", "DequantizeLinear", "DequantizeLinear", "Gemm",
                        "Identity"),
                read.operators());
        // 3 and 0.3 become 12 and 1 quarters; −3·0.5·3 + 127·0.5·0.25 + 2
        assertArrayEquals(new double[] {13.375}, read.output(3, 0.3f));
    }

    @Test
    void scalesThatNoOperatorFindsAreRefused() {
        var layer = IntegerLinear.of(
                QuantizedMatrix.of(Tensor.zeros(Shape.of(1, 2))), Tensor.zeros(Shape.of(1)), Optional.empty());

        var problem = assertThrows(IllegalArgumentException.class, OnnxFile.of(Sequential.of(layer))::toBytes);
        assertTrue(problem.getMessage().endsWith("calibrate the model"), problem.getMessage());
    }

    @Test
    void layersThatDoNotFitAreRefused() {
        var model = Sequential.of(Linear.of(2, 3), Linear.of(4, 1));

        var problem = assertThrows(ShapeException.class, OnnxFile.of(model)::toBytes);
        assertEquals("ONNX: fc2 takes rows of 4 elements but is given 3", problem.getMessage());
    }
}
