package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssemblyTest {

    /** Zeros of any shape up to 100 elements. */
    private static StateDict.Entry zeros(String name, Shape shape) throws FormatException {
        if (shape.size() > 100) {
            throw new FormatException("test", "no value " + name + shape);
        }
        return new StateDict.Entry(Tensor.zeros(shape), Optional.empty());
    }

    private static Layer build(String text) throws FormatException {
        return Assembly.build("test", (Json.Obj) Json.parse(text), LayerKinds.standard(), AssemblyTest::zeros);
    }

    @Test
    void modelsAreBuiltFromTheirOwnText() throws FormatException {
        var shared = Linear.of(4, 4);
        var zeros = Tensor.zeros(Shape.of(4));
        var embedding = Embedding.of(7, 4);
        var decoder = Linear.sharing(embedding.weight(), Parameter.of("bias", Tensor.zeros(Shape.of(7))));
        var model = Sequential.of(
                embedding,
                Flatten.of(),
                shared,
                Activation.relu(),
                Activation.tanh(),
                Activation.sigmoid(),
                Activation.gelu(),
                Activation.softplus(),
                Activation.softmax(),
                Activation.leakyRelu(0.3f),
                Dropout.of(0.1f),
                BatchNorm1d.of(4, 1e-3f, 0.2f),
                LayerNorm.of(4, 1e-6f),
                Residual.of(shared),
                Concat.of(Sequential.of(), shared),
                Graph.of(
                        Graph.node("one", Linear.of(4, 4), Graph.INPUT),
                        Graph.node("sum", Join.sum(), "one", Graph.INPUT),
                        Graph.node("product", Join.product(), "one", "sum"),
                        Graph.node("both", Join.concat(), "sum", "product"),
                        Graph.node("end", Linear.of(8, 4), "both")),
                FeatureSelect.of(8, 7, 6, 5, 4, 3, 2, 1, 0),
                Linear.of(8, 4),
                Join.sum(),
                Join.product(),
                Join.concat(),
                IntegerLinear.of(QuantizedMatrix.of(Tensor.zeros(Shape.of(4, 4))), zeros, Optional.empty()),
                decoder);
        var text = Architecture.of(model).pretty();

        var built = build(text);

        assertEquals(text, Architecture.of(built).pretty());
        assertEquals(model.toString(), built.toString());
        assertEquals(model.parameters().keySet(), built.parameters().keySet());
        var children = built.children();
        assertSame(children.get("fc1"), ((Residual) children.get("residual1")).body());
        assertSame(((Embedding) children.get("embedding1")).weight(), ((Linear) children.get("fc3")).weight());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{};the architecture: JSON object: member \"layer\" is missing",
                "{\"layer\": 1};must be an object",
                "{\"layer\": {}};the model: JSON object: member \"kind\" is missing",
                "{\"layer\": {\"kind\": 7}};must be a string",
                "{\"layer\": {\"kind\": \"java.lang.Runtime\"}};the model: config: unknown kind",
                "{\"layer\": {\"kind\": \"linear\", \"in\": 2}};the model: JSON object: member \"out\" is missing",
                "{\"layer\": {\"kind\": \"linear\", \"in\": -1, \"out\": 2}};in has -1, which is not a size",
                "{\"layer\": {\"kind\": \"linear\", \"in\": 4294967296, \"out\": 2}};is not a size",
                "{\"layer\": {\"kind\": \"linear\", \"in\": 2.5, \"out\": 2}};is not a size",
                "{\"layer\": {\"kind\": \"linear\", \"in\": 2000000000, \"out\": 2000000000}};more than 2^31 - 1",
                "{\"layer\": {\"kind\": \"linear\", \"in\": 20000, \"out\": 100000}};no value weight[100000, 20000]",
                "{\"layer\": {\"kind\": \"relu\", \"slope\": 1}};no such attributes",
                "{\"layer\": {\"kind\": \"relu\", \"children\": {\"a\": {\"kind\": \"relu\"}}}};no such attributes",
                "{\"layer\": {\"kind\": \"relu\", \"children\": {}}};parts that no layer accounts for",
                "{\"layer\": {\"kind\": \"relu\", \"children\": []}};must be an object",
                "{\"layer\": {\"kind\": \"relu\"}, \"tied\": {\"a\": \"b\"}};parts that no layer accounts for",
                "{\"layer\": {\"kind\": \"relu\"}, \"extra\": 1};parts that no layer accounts for",
                "{\"layer\": {\"kind\": \"dropout\", \"probability\": 1.0}};the probability must be in [0, 1)",
                "{\"layer\": {\"kind\": \"layer_norm\", \"features\": 2, \"epsilon\": -1.0}};epsilon must be finite",
                "{\"layer\": {\"kind\": \"leaky_relu\", \"slope\": 1e300}};slope must be finite",
                "{\"layer\": {\"kind\": \"concat\"}};needs at least one branch",
                "{\"layer\": {\"kind\": \"residual\"}};child \"body\" is missing",
                "{\"layer\": {\"kind\": \"select\", \"in\": 2, \"indices\": [0, 2]}};index 2 is not within 2",
                "{\"layer\": {\"kind\": \"select\", \"in\": 2, \"indices\": [-1]}};is not a size",
                "{\"layer\": {\"kind\": \"graph\", \"inputs\": {}}};needs at least one node",
                "{\"layer\": {\"kind\": \"graph\", \"inputs\": {\"a\": [1]},"
                        + " \"children\": {\"a\": {\"kind\": \"relu\"}}}};is not a name",
                "{\"layer\": {\"same\": \"\"}};not before it"
            })
    void whatDescribesNoModelIsAFormatException(String text, String problem) {
        var e = assertThrows(FormatException.class, () -> build(text));

        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }

    @Test
    void theComplaintNamesTheLayer() {
        var e = assertThrows(FormatException.class, () -> build("""
                {"layer": {"kind": "sequential", "children": {"a": {"kind": "sequential", "children": {
                    "b": {"kind": "embedding", "entries": 1, "width": "x"}}}}}}"""));

        assertEquals("test: layer a.b: config: width has \"x\", which is not a size", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"a", "b", "c", "''", "a.x"})
    void onlyALayerBeforeCanBeMeant(String same) {
        var text = """
                {"layer": {"kind": "sequential", "children": {
                    "b": {"same": "%s"}, "a": {"kind": "linear", "in": 1, "out": 1}}}}""".formatted(same);

        assertThrows(FormatException.class, () -> build(text));
    }

    @ParameterizedTest
    @CsvSource({"b.weight", "c.weight", "a.bias", "nothing"})
    void onlyAnEqualParameterBeforeCanBeTiedTo(String first) {
        var text = """
                {"layer": {"kind": "sequential", "children": {
                    "a": {"kind": "linear", "in": 2, "out": 3},
                    "b": {"kind": "linear", "in": 2, "out": 3},
                    "c": {"kind": "linear", "in": 2, "out": 3}}},
                 "tied": {"b.weight": "%s"}}""".formatted(first);

        assertThrows(FormatException.class, () -> build(text));
    }

    @Test
    void namesThatCannotBeJoinedAreRefused() {
        assertThrows(FormatException.class, () -> build("""
                {"layer": {"kind": "sequential", "children": {"a.b": {"kind": "relu"}}}}"""));
    }
}
