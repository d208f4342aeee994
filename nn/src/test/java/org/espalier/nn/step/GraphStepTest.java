package org.espalier.nn.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.Activation;
import org.espalier.nn.Concat;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Graph;
import org.espalier.nn.Join;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.Allocated;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GraphStepTest {
    /** With the scalar kernels: vectors are objects until the compiler has seen a kernel often enough. */
    @Test
    void aWarmWorkspaceAllocatesNothing() throws ReflectiveOperationException {
        var branches = Concat.of(Sequential.of(Linear.of(9, 5), Activation.leakyRelu(0.1f)), Linear.of(9, 4));
        var select = FeatureSelect.of(11, 1, 3, 5, 2, 0, 4, 6, 8, 10);
        var model = Sequential.of(select, Residual.of(branches), LayerNorm.of(9));
        var inference = InferenceModel.of(model, weights -> DenseStep.of(weights, KernelChoice.scalar().dense()));
        var x = Rng.of(7).normal(Shape.of(150, 11), 1).toArray();
        var y = new float[150 * 9];
        var workspace = new Workspace();
        inference.predict(x, 150, y, workspace);

        long allocated = Allocated.by(() -> {
            for (int i = 0; i < 100; i++) {
                inference.predict(x, 150, y, workspace);
            }
        });

        // counting takes a little; a single number kept per row would be 60,000 bytes
        assertTrue(allocated < 10_000, "allocated " + allocated);
        assertArrayEquals(model.forward(Tensor.of(Shape.of(150, 11), x)).toArray(), y);
    }

    @Test
    void buffersOfValuesThatAreDoneAreUsedAgain() {
        // a value that many read, one that is read late, nodes in a line, joins of all kinds
        var graph = Graph.of(
                Graph.node("a", Linear.of(5, 7), Graph.INPUT),
                Graph.node("b", Linear.of(7, 7), "a"),
                Graph.node("c", Activation.tanh(), "b"),
                Graph.node("d", Join.sum(), "a", "c", "a"),
                Graph.node("e", Join.product(), "c", "d"),
                Graph.node("f", LayerNorm.of(7), "e"),
                Graph.node("g", Join.concat(), "f", Graph.INPUT, "a"),
                Graph.node("h", Linear.of(19, 3), "g"),
                Graph.node("i", Activation.relu(), "h"),
                Graph.node("j", Join.sum(), "i", "h"));
        var x = Rng.of(3).normal(Shape.of(200, 5), 1);

        var inference = InferenceModel.of(graph);

        assertArrayEquals(graph.forward(x).toArray(), inference.predict(x).toArray());
        assertEquals(
                "InferenceModelgraph(1 = dense(5 → 7, NONE)[0], 2 = dense(7 → 7, TANH)[1], 3 = SUM[1, 2, 1], "
                        + "4 = PRODUCT[2, 3], 5 = layer norm(7)[4], 6 = CONCAT[5, 0, 1], 7 = dense(19 → 3, NONE)[6], "
                        + "8 = RELU[7], 9 = SUM[8, 7])",
                inference.toString());
    }

    @Test
    void aGraphMayBeginAndEndWithALine() {
        var model = Sequential.of(
                Linear.of(3, 4),
                Graph.of(
                        Graph.node("norm", LayerNorm.of(4), Graph.INPUT),
                        Graph.node("gate", Linear.of(4, 4), "norm"),
                        Graph.node("product", Join.product(), "norm", "gate"),
                        Graph.node("end", Linear.of(4, 2), "product"),
                        Graph.node("sigmoid", Activation.sigmoid(), "end")),
                Linear.of(2, 2));
        var x = Rng.of(4).normal(Shape.of(20, 3), 1);

        assertArrayEquals(model.forward(x).toArray(), InferenceModel.of(model).predict(x).toArray());
    }
}
