package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImporterTest {
    private static final Tensor X = Tensor.of(Shape.of(2, 2), 1, -2, 0.5f, 3);

    @TestFactory
    Stream<DynamicTest> whatIsExportedComesBackWithTheSameOutputs() {
        return SampleModels.chains().entrySet().stream()
                .map(model -> DynamicTest.dynamicTest(model.getKey(), () -> roundTrip(model.getValue())));
    }

    private static void roundTrip(Layer model) throws FormatException {
        var back = OnnxFile.read(OnnxFile.of(model).with("name", "x").toBytes());
        var x = SampleModels.inputs(20);

        assertEquals(Map.of("name", "x"), back.metadata());
        assertArrayEquals(model.forward(x).toArray(), back.model().forward(x).toArray());
    }

    @Test
    void settingsSurvive() throws FormatException {
        var model = Sequential.of(BatchNorm1d.of(3, 0.25f, 0.75f));
        var back = OnnxFile.read(OnnxFile.of(model).toBytes()).model();

        assertEquals(0.25f, ((BatchNorm1d) back.children().get("bn1")).epsilon());
        assertEquals(0.75f, ((BatchNorm1d) back.children().get("bn1")).momentum());
    }

    @Test
    void tiedWeightsStayTied() throws FormatException {
        var shared = Linear.of(2, 2);
        var back = OnnxFile.read(OnnxFile.of(Sequential.of(shared, Activation.tanh(), shared)).toBytes()).model();

        assertSame(((Linear) back.children().get("fc1")).weight(), ((Linear) back.children().get("fc2")).weight());
        assertEquals(2, back.parameters().size());
    }

    @Test
    void residualBlocksComeBackAsSums() throws FormatException {
        var back = OnnxFile.read(OnnxFile.of(SampleModels.chains().get("residual")).toBytes()).model();

        assertEquals("Graph(fc1 = Linear(6 → 6)[input], fc2 = Linear(6 → 6)[fc1], gelu1 = Gelu[fc2],"
                + " sum1 = Sum[fc1, gelu1], ln1 = LayerNorm(6)[sum1], sum2 = Sum[fc1, ln1], relu1 = Relu[sum2])",
                back.toString());
    }

    /** Reads the graph that a function makes on an input of two features. */
    private static Layer read(Function<GraphWriter, String> nodes) throws FormatException {
        var graph = new GraphWriter();
        return OnnxFile.read(graph.model(nodes.apply(graph), 2, -1, Map.of())).model();
    }

    private static String floats(GraphWriter graph, String name, Shape shape, float... values) {
        return graph.constant(name, RawTensor.ofFloats(DType.F32, shape, values));
    }

    @Test
    void aProductAndASumAreALinearLayer() throws FormatException {
        var model = read(graph -> {
            var weight = floats(graph, "w", Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
            var product = graph.node("MatMul", "", "input", weight);
            return graph.node("Add", "", floats(graph, "b", Shape.of(1, 3), 10, 20, 30), product);
        });

        assertArrayEquals(
                new float[] {1 - 8 + 10, 2 - 10 + 20, 3 - 12 + 30, 0.5f + 12 + 10, 1 + 15 + 20, 1.5f + 18 + 30},
                model.forward(X).toArray());
    }

    @Test
    void aProductAloneHasNoBias() throws FormatException {
        var model = read(graph -> graph.node("MatMul", "", "input", floats(graph, "w", Shape.of(2, 1), 1, 2)));

        assertArrayEquals(new float[] {-3, 6.5f}, model.forward(X).toArray());
    }

    @Test
    void halfFloatsDropoutReshapeAndChoicesAreRead() throws FormatException {
        var graph = new GraphWriter();
        var rows = graph.node("Reshape", "", "input",
                graph.constant("shape", RawTensor.ofInts(DType.I64, Shape.of(2), -1, 2)));
        var kept = graph.node("Dropout", "", rows);
        var chosen = graph.node("Gather", "", GraphWriter.with(new ProtoWriter(), "axis", 1), kept,
                graph.constant("last", RawTensor.ofInts(DType.I64, Shape.of(1), -1)));
        var product = graph.node("Gemm", "", chosen,
                graph.constant("w", RawTensor.ofFloats(DType.F16, Shape.of(1, 1), 2)));
        var file = OnnxFile.read(graph.model(product, 2, -1, Map.of()));

        assertRead("floats of other types than float32: read the file with asFloat32()", file::model);
        assertEquals("Sequential(select1 = FeatureSelect(2 → 1), fc1 = Linear(1 → 1, no bias))",
                file.asFloat32().model().toString());
        assertArrayEquals(new float[] {-4, 6}, file.asFloat32().model().forward(X).toArray());
    }

    @Test
    void aGeluWrittenWithADivisionIsRecognized() throws FormatException {
        var model = read(graph -> {
            var scaled = graph.node("Div", "", "input", floats(graph, "root", Shape.of(), (float) Math.sqrt(2)));
            var sum = graph.node("Add", "", graph.node("Erf", "", scaled), floats(graph, "one", Shape.of(), 1));
            var product = graph.node("Mul", "", "input", sum);
            return graph.node("Mul", "", product, floats(graph, "half", Shape.of(), 0.5f));
        });

        assertEquals("Sequential(gelu1 = Gelu)", model.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"LSTM", "Conv", "Loop", ""})
    void anUnknownOperatorIsRefusedByNameAndPlace(String operator) {
        var problem = assertThrows(
                FormatException.class, () -> read(graph -> graph.node(operator, "odd", "input")));

        assertTrue(problem.getMessage().contains(operator + " (node odd): this operator is not supported"),
                problem.getMessage());
        assertTrue(problem.offset() > 0);
    }

    @Test
    void allUnknownOperatorsAreNamedAtOnce() {
        assertRefused("Conv: this operator is not supported, nor are LSTM; ask for an output before it",
                graph -> graph.node("LSTM", "", graph.node("Relu", "", graph.node("Conv", "", "input"))));
    }

    @Test
    void unsupportedSettingsAreRefused() {
        assertRefused("approximate = \"sigmoid\" is not supported", graph -> graph.node("Gelu", "",
                new ProtoWriter().message(OnnxProto.Node.ATTRIBUTES, new ProtoWriter()
                        .text(OnnxProto.Attribute.NAME, "approximate").text(OnnxProto.Attribute.TEXT, "sigmoid")),
                "input"));
        assertRefused("the attribute odd is not supported",
                graph -> graph.node("Relu", "", GraphWriter.with(new ProtoWriter(), "odd", 0), "input"));
        assertRefused("the attribute alpha must be a float",
                graph -> graph.node("LeakyRelu", "", GraphWriter.with(new ProtoWriter(), "alpha", 1), "input"));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertRefused("MatMul (node odd): the inner sizes of [batch, 2] and [3, 1] differ",
                graph -> graph.node("MatMul", "odd", "input", floats(graph, "w", Shape.of(3, 1), 1, 2, 3)));
        assertRefused("Gemm: it has 1 inputs, but takes 2 to 3", graph -> graph.node("Gemm", "", "input"));
        assertRefused("Gather: index 2 is not within 2", graph -> graph.node("Gather", "",
                GraphWriter.with(new ProtoWriter(), "axis", -1), "input",
                graph.constant("i", RawTensor.ofInts(DType.I64, Shape.of(1), 2))));
        assertRefused("the elements of [batch, 2] do not fill [batch, 3]", graph -> graph.node("Reshape", "", "input",
                graph.constant("shape", RawTensor.ofInts(DType.I64, Shape.of(2), 0, 3))));
    }

    @Test
    void aGraphThatDoesNotHangTogetherIsRefused() {
        assertRefused("Relu: \"nothing\" is neither an input, nor a constant, nor the output of a node",
                graph -> graph.node("Relu", "", "nothing"));
        assertRefused("reads \"value1\", which depends on this node itself",
                graph -> graph.node("Relu", "", "value1"));
        assertRefused("does not depend on an input", graph -> graph.node("Relu", "",
                floats(graph, "c", Shape.of(2), 1, 2)));
    }

    /** A row added to itself regrouped depends on other rows: it is neither refused nor taken for something else. */
    @Test
    void rowsThatAreRegroupedAreComputedAsTheyAre() throws FormatException {
        var model = read(graph -> graph.node("Softmax", "", graph.node("Reshape", "", "input",
                graph.constant("shape", RawTensor.ofInts(DType.I64, Shape.of(2), -1, 4)))));

        assertEquals(Shape.of(1, 4), model.forward(X).shape());
        double sum = Math.exp(1) + Math.exp(-2) + Math.exp(0.5) + Math.exp(3);
        assertEquals(Math.exp(3) / sum, model.forward(X).toArray()[3], 1e-6);
    }

    /** Constants a little off those of the activation: what comes close to it is not it. */
    @Test
    void aRelativeIsNotTakenForAGelu() throws FormatException {
        for (var constants : List.of(new float[] {0.71f, 1, 0.5f}, new float[] {0.70710678f, 1, 0.6f},
                new float[] {0.70710678f, 2, 0.5f})) {
            var model = read(graph -> {
                var scaled = graph.node("Mul", "", "input", floats(graph, "k", Shape.of(), constants[0]));
                var sum = graph.node("Add", "", graph.node("Erf", "", scaled),
                        floats(graph, "one", Shape.of(), constants[1]));
                var product = graph.node("Mul", "", "input", sum);
                return graph.node("Mul", "", product, floats(graph, "half", Shape.of(), constants[2]));
            });

            assertFalse(model.toString().contains("Gelu"), model.toString());
        }
    }

    private static void assertRefused(String why, Function<GraphWriter, String> nodes) {
        assertRead(why, () -> read(nodes));
    }

    private static void assertRead(String why, Executable read) {
        var problem = assertThrows(FormatException.class, read);
        assertTrue(problem.getMessage().contains(why), problem.getMessage());
    }
}
