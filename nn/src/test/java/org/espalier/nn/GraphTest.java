package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTest {
    /** y = [a·x + b, 2·(a·x + b)·x] of one feature, with a = 3 and b = 1. */
    private static Graph graph() {
        var line = Linear.of(Tensor.matrix(new float[] {3}), Tensor.vector(1));
        var twice = Linear.of(Tensor.matrix(new float[] {2}), Tensor.vector(0));
        return Graph.of(
                Graph.node("line", line, Graph.INPUT),
                Graph.node("product", Join.product(), "line", Graph.INPUT),
                Graph.node("twice", twice, "product"),
                Graph.node("both", Join.concat(), "line", "twice"));
    }

    @Test
    void nodesReadEarlierNodes() {
        var y = graph().forward(Tensor.of(Shape.of(2, 1), 1, 10));

        // x = 1: 4 and 2·4·1; x = 10: 31 and 2·31·10
        assertEquals(Shape.of(2, 2), y.shape());
        assertArrayEquals(new float[] {4, 8, 31, 620}, y.toArray());
    }

    @Test
    void valuesMayHaveAnyRank() {
        var twice = Linear.of(Tensor.matrix(new float[] {2, 0}, new float[] {0, 2}), Tensor.vector(0, 0));
        var graph = Graph.of(
                Graph.node("line",
                        Linear.of(Tensor.matrix(new float[] {2, 0}, new float[] {0, 2}), Tensor.vector(0, 0)),
                        Graph.INPUT),
                Graph.node("sum", Join.sum(), "line", Graph.INPUT, Graph.INPUT));

        var y = graph.forward(Tensor.of(Shape.of(1, 2, 2), 1, 2, 3, 4));

        assertEquals(Shape.of(1, 2, 2), y.shape());
        assertArrayEquals(new float[] {4, 8, 12, 16}, y.toArray());
    }

    @Test
    void gradientsOfAllPathsAdd() {
        var x = Tensor.of(Shape.of(1, 1), 10).withGrad();

        // d/dx of 3x + 1 + 2·(3x + 1)·x is 3 + 12x + 2
        assertEquals(125, graph().forward(x).sum().backward().of(x).item());
    }

    @Test
    void itTrainsUnderItsNodesNames() {
        var graph = graph();
        assertEquals(
                List.of("line.weight", "line.bias", "twice.weight", "twice.bias"),
                List.copyOf(graph.parameters().keySet()));
        var before = StateDict.of(graph);

        Optimizer.sgd(0.01f).bind(graph)
                .step(graph.forward(Tensor.of(Shape.of(1, 1), 1)).sum().backward());

        graph.parameters()
                .forEach((name, parameter) -> assertTrue(parameter.value().get(new int[parameter.shape().rank()])
                        < before.value(name).get(new int[parameter.shape().rank()]), name));
    }

    @Test
    void oneLayerMayStandInSeveralNodes() {
        var shared = Linear.of(Tensor.matrix(new float[] {2}), Tensor.vector(0));
        var graph = Graph.of(
                Graph.node("once", shared, Graph.INPUT),
                Graph.node("twice", shared, "once"),
                Graph.node("sum", Join.sum(), "once", "twice"));

        assertEquals(6, graph.forward(Tensor.of(Shape.of(1, 1), 1)).item());
        assertEquals(List.of("once.weight", "once.bias"), List.copyOf(graph.parameters().keySet()));
        var copy = Layers.copy(graph);
        assertSame(copy.children().get("once"), copy.children().get("twice"));
    }

    @Test
    void itIsSavedWithItsWiring() throws Exception {
        var graph = graph();
        var weight = graph.parameters().get("twice.weight");
        weight.assignMask(Mask.of(weight.shape(), i -> false));

        var back = ModelFile.read(ModelFile.of(graph).toBytes(), LayerKinds.standard()).model();

        assertEquals(graph.toString(), back.toString());
        assertEquals(StateDict.of(graph), StateDict.of(back));
        assertEquals("Graph(line = Linear(1 → 1)[input], product = Product[line, input], "
                + "twice = Linear(1 → 1)[product], both = Concatenation[line, twice])", back.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "needs at least one node", "reads \"b\", which is not a node before it", "only a Join takes several",
        "has 0 inputs", "has a name that is taken", "so are [a, b]", "must be a word without dots"})
    void wiringThatMeansNothingIsRefused(String problem) {
        var relu = Activation.relu();
        var wirings = Map.of(
                "needs at least one node", List.<Graph.Node>of(),
                "reads \"b\", which is not a node before it", List.of(Graph.node("a", relu, "b"),
                        Graph.node("b", relu, "a")),
                "only a Join takes several", List.of(Graph.node("a", relu, "input", "input")),
                "has 0 inputs", List.of(Graph.node("a", relu)),
                "has a name that is taken", List.of(Graph.node("a", relu, "input"), Graph.node("a", relu, "a")),
                "so are [a, b]", List.of(Graph.node("a", relu, "input"), Graph.node("b", relu, "input")),
                "must be a word without dots", List.of(Graph.node("a.b", relu, "input")));

        var e = assertThrows(IllegalArgumentException.class, () -> Graph.of(wirings.get(problem)));

        assertTrue(e.getMessage().contains(problem), e.getMessage());
    }
}
