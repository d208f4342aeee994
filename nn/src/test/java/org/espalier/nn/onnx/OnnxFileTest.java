package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.io.FormatException;
import org.espalier.nn.Activation;
import org.espalier.nn.Gelu;
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
    void whatIsNoTensorFunctionIsRefusedByItsPath() {
        Layer rounded = (x, mode) -> {
            float[] values = x.toArray();
            values[0] = (float) Math.rint(values[0]);
            return Tensor.of(x.shape(), values);
        };
        var model = Sequential.of(Linear.of(2, 2), Sequential.of(rounded));

        var problem = assertThrows(IllegalArgumentException.class, OnnxFile.of(model)::toBytes);
        assertTrue(problem.getMessage().startsWith("ONNX: layer sequential1."), problem.getMessage());
        assertTrue(problem.getMessage().contains("depends on its input, but was not made of it by tensor functions"),
                problem.getMessage());
    }

    @Test
    void whatDependsOnTheBatchIsRefused() {
        Layer shared = (x, mode) -> x.div(x.dim(0));
        var problem = assertThrows(
                IllegalArgumentException.class, OnnxFile.of(Sequential.of(Linear.of(2, 2), shared))::toBytes);

        assertTrue(problem.getMessage().contains("depends on its input"), problem.getMessage());
    }

    @Test
    void aModelThatDoesNotSayItsSizesIsGivenThem() throws IOException {
        Layer sum = (x, mode) -> x.sum(1).times(2);

        var problem = assertThrows(IllegalArgumentException.class, OnnxFile.of(sum)::toBytes);
        assertTrue(problem.getMessage().endsWith("give them by withSample(sizes)"), problem.getMessage());
        var back = OnnxFile.read(OnnxFile.of(sum).withSample(3, 2).toBytes());
        assertEquals("[input: float[batch, 3, 2]]", back.inputs().toString());
        var x = Tensor.of(Shape.of(2, 3, 2), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        assertArrayEquals(new float[] {18, 24, 54, 60}, back.model().forward(x).toArray());
    }

    /** Two nodes of one name make other runtimes refuse the file. */
    @Test
    void namesOfLayersMeetNoOtherNames() throws IOException {
        var layers = new LinkedHashMap<String, Layer>();
        for (var name : List.of("output", "input", "value1", "output_1")) {
            layers.put(name, Linear.of(2, 2));
        }
        layers.put("identity", new Gelu());
        var bytes = OnnxFile.of(Sequential.of(layers)).toBytes();
        var names = new TinyOnnx(bytes).nodeNames();

        assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
        assertTrue(names.contains("output") && names.contains("input"), names.toString());
        var x = Tensor.matrix(new float[] {1, -2});
        assertArrayEquals(Sequential.of(layers).forward(x).toArray(),
                OnnxFile.read(bytes).model().forward(x).toArray());
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

    /** Two outputs of one input: its negative, and that rectified. */
    private static byte[] twoOutputs() {
        var graph = new ProtoWriter()
                .message(OnnxProto.Graph.INPUTS, port("x"))
                .message(OnnxProto.Graph.OUTPUTS, port("y"))
                .message(OnnxProto.Graph.OUTPUTS, port("z"))
                .message(OnnxProto.Graph.NODES, node("Neg", "x", "y"))
                .message(OnnxProto.Graph.NODES, node("Relu", "y", "z"));
        return new ProtoWriter()
                .message(OnnxProto.Model.OPSETS, new ProtoWriter().number(OnnxProto.Opset.VERSION, 17L))
                .message(OnnxProto.Model.GRAPH, graph).toBytes();
    }

    private static ProtoWriter node(String operator, String input, String output) {
        return new ProtoWriter().text(OnnxProto.Node.OPERATOR, operator).text(OnnxProto.Node.INPUTS, input)
                .text(OnnxProto.Node.OUTPUTS, output);
    }

    /** A float tensor with an open number of rows of two. */
    private static ProtoWriter port(String name) {
        var shape = new ProtoWriter()
                .message(OnnxProto.ValueInfo.SHAPE_DIM, new ProtoWriter().text(OnnxProto.ValueInfo.DIM_NAME, "n"))
                .message(OnnxProto.ValueInfo.SHAPE_DIM, new ProtoWriter().number(OnnxProto.ValueInfo.DIM_VALUE, 2L));
        var tensor = new ProtoWriter().number(OnnxProto.ValueInfo.TENSOR_ELEMENT, 1L)
                .message(OnnxProto.ValueInfo.TENSOR_SHAPE, shape);
        return new ProtoWriter().text(OnnxProto.ValueInfo.NAME, name).message(OnnxProto.ValueInfo.TYPE,
                new ProtoWriter().message(OnnxProto.ValueInfo.TYPE_TENSOR, tensor));
    }

    @Test
    void ofSeveralOutputsOneIsChosen() throws IOException {
        var file = OnnxFile.read(twoOutputs());
        assertEquals("[x: float[n, 2]]", file.inputs().toString());
        assertEquals("[y: float[n, 2], z: float[n, 2]]", file.outputs().toString());
        var x = Tensor.matrix(new float[] {1, -2});
        assertArrayEquals(new float[] {-1, 2}, file.model("y").forward(x).toArray());
        assertArrayEquals(new float[] {0, 2}, file.model("z").forward(x).toArray());
        assertEquals("ONNX bytes: the graph has 2 outputs: choose one by model(name); there are y: float[n, 2], "
                + "z: float[n, 2]", assertThrows(FormatException.class, file::model).getMessage());
        assertEquals("ONNX bytes: there is no output \"x\"; there are y: float[n, 2], z: float[n, 2]",
                assertThrows(FormatException.class, () -> file.model("x")).getMessage());
    }

    @Test
    void aFileThatWasReadIsNotWrittenAndOneOfAModelHasNothingToChoose() throws IOException {
        var read = OnnxFile.read(twoOutputs());
        assertEquals("this file was read; OnnxFile.of(file.model()) writes its model",
                assertThrows(IllegalStateException.class, read::toBytes).getMessage());
        var model = Linear.of(2, 1);
        var file = OnnxFile.of(model);
        assertSame(model, file.model());
        assertEquals(List.of(new OnnxFile.Port("input", "float", List.of("batch", "features"))), file.inputs());
        assertEquals(List.of(new OnnxFile.Port("output", "float", List.of("batch", "features"))), file.outputs());
        assertThrows(IllegalStateException.class, () -> file.model("output"));
    }

    /** A file with holes, so that nothing is written. */
    @Test
    void aFileBeyondTwoGibibytesIsRefusedUnread(@TempDir Path directory) throws IOException {
        var path = directory.resolve("large.onnx");
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(1L << 31);
        }
        var refusal = assertThrows(FormatException.class, () -> OnnxFile.read(path));
        assertEquals(path + ": longer than the 2 GiB that an ONNX file can have", refusal.getMessage());
    }
}
