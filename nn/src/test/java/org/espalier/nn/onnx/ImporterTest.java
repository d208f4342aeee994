package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.Tanh;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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
    void residualBlocksComeBackAsSuch() throws FormatException {
        var back = OnnxFile.read(OnnxFile.of(SampleModels.chains().get("residual")).toBytes()).model();

        assertTrue(back.children().get("residual1") instanceof Residual);
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
        var model = read(graph -> {
            var rows = graph.node("Reshape", "", "input",
                    graph.constant("shape", RawTensor.ofInts(DType.I64, Shape.of(2), -1, 2)));
            var kept = graph.node("Dropout", "", rows);
            var chosen = graph.node("Gather", "", GraphWriter.with(new ProtoWriter(), "axis", 1), kept,
                    graph.constant("last", RawTensor.ofInts(DType.I64, Shape.of(1), -1)));
            return graph.node("Gemm", "", chosen,
                    graph.constant("w", RawTensor.ofFloats(DType.F16, Shape.of(1, 1), 2)));
        });

        assertArrayEquals(new float[] {-4, 6}, model.forward(X).toArray());
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
    @ValueSource(strings = {"LSTM", "Conv", "LogSoftmax", "Mul", "Loop", ""})
    void anUnknownOperatorIsRefusedByNameAndPlace(String operator) {
        var problem = assertThrows(
                FormatException.class, () -> read(graph -> graph.node(operator, "odd", "input")));

        assertTrue(problem.getMessage().contains(operator + " (node odd): this operator is not supported"),
                problem.getMessage());
        assertTrue(problem.offset() > 0);
    }

    @Test
    void allUnknownOperatorsAreNamedAtOnce() {
        var problem = assertThrows(FormatException.class,
                () -> read(graph -> graph.node("LSTM", "", graph.node("Relu", "", graph.node("Conv", "", "input")))));

        assertTrue(problem.getMessage().contains("Conv: this operator is not supported here, nor are LSTM; supported"),
                problem.getMessage());
    }

    @Test
    void unsupportedSettingsAreRefused() {
        assertRefused("axis = 0 is not supported",
                graph -> graph.node("Softmax", "", GraphWriter.with(new ProtoWriter(), "axis", 0), "input"));
        assertRefused("alpha and beta other than 1", graph -> graph.node("Gemm", "",
                GraphWriter.with(new ProtoWriter(), "alpha", 2f), "input",
                floats(graph, "w", Shape.of(2, 2), 1, 2, 3, 4)));
        assertRefused("the attribute odd is not supported",
                graph -> graph.node("Relu", "", GraphWriter.with(new ProtoWriter(), "odd", 0), "input"));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertRefused("takes rows of 3 elements but is given 2",
                graph -> graph.node("MatMul", "", "input", floats(graph, "w", Shape.of(3, 1), 1, 2, 3)));
        assertRefused("bias \"b\" must be [1]", graph -> graph.node("Gemm", "", "input",
                floats(graph, "w", Shape.of(2, 1), 1, 2), floats(graph, "b", Shape.of(2), 1, 2)));
        assertRefused("\"w\" must be a constant", graph -> graph.node("Gemm", "", "input", "w"));
        assertRefused("must be a matrix with elements",
                graph -> graph.node("Gemm", "", "input", floats(graph, "w", Shape.of(2, 0))));
        assertRefused("index 2 is not within 2 features", graph -> graph.node("Gather", "",
                GraphWriter.with(new ProtoWriter(), "axis", -1), "input",
                graph.constant("i", RawTensor.ofInts(DType.I64, Shape.of(1), 2))));
        assertRefused("only a shape [-1, width]", graph -> graph.node("Reshape", "", "input",
                graph.constant("shape", RawTensor.ofInts(DType.I64, Shape.of(2), 1, -1))));
    }

    @Test
    void aGraphThatIsNoChainIsRefused() {
        assertRefused("\"nothing\" does not come from \"input\"", graph -> graph.node("Relu", "", "nothing"));
        assertRefused("does not come from", graph -> graph.node("Relu", "", "value1"));
        assertRefused("only chains and residual blocks", graph -> graph.node("Add", "",
                graph.node("Relu", "", "input"), graph.node("Tanh", "", "input")));
    }

    private static void assertRefused(String why, Function<GraphWriter, String> nodes) {
        var problem = assertThrows(FormatException.class, () -> read(nodes));
        assertTrue(problem.getMessage().contains(why), problem.getMessage());
    }
}
