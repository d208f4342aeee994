package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LinearTest {
    private final Linear layer = Linear.of(Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6), Tensor.vector(10, 20));

    @Test
    void rowsOfTheWeightAreNeurons() {
        assertEquals(3, layer.in());
        assertEquals(2, layer.out());
        // 1·1 + 2·0 + 3·2 + 10 and 4·1 + 5·0 + 6·2 + 20
        assertArrayEquals(new float[] {17, 36}, layer.forward(Tensor.of(Shape.of(1, 3), 1, 0, 2)).toArray());
    }

    @Test
    void leadingAxesAreTheBatch() {
        assertEquals(Shape.of(2), layer.forward(Tensor.zeros(Shape.of(3))).shape());
        assertEquals(Shape.of(0, 2), layer.forward(Tensor.zeros(Shape.of(0, 3))).shape());
        assertEquals(Shape.of(4, 5, 2), layer.forward(Tensor.zeros(Shape.of(4, 5, 3))).shape());
    }

    @Test
    void imagesAreRefusedWithTheRemedy() {
        var e = assertThrows(ShapeException.class,
                () -> Linear.of(784, 10).forward(Tensor.zeros(Shape.of(5, 28, 28))));
        assertEquals("linear: needs [..., 784], not [5, 28, 28]; put a Flatten before the layer", e.getMessage());
        e = assertThrows(ShapeException.class, () -> layer.forward(Tensor.zeros(Shape.of(5, 2, 2))));
        assertFalse(e.getMessage().contains("Flatten"), e.getMessage());
    }

    @Test
    void gradientsAreWorkedByHand() {
        var x = Tensor.of(Shape.of(1, 3), 1, 0, 2).withGrad();

        var gradients = layer.forward(x).times(Tensor.of(Shape.of(1, 2), 1, 10)).sum().backward();

        assertArrayEquals(new float[] {41, 52, 63}, gradients.of(x).toArray());
        assertArrayEquals(new float[] {1, 0, 2, 10, 0, 20}, gradients.of(layer.weight().value()).toArray());
        assertArrayEquals(new float[] {1, 10}, gradients.of(layer.bias().orElseThrow().value()).toArray());
    }

    private static Linear masked(float density) {
        var rng = Rng.of(7);
        var layer = Linear.of(rng.normal(Shape.of(150, 200), 0.1f), rng.normal(Shape.of(150), 1));
        layer.weight().assignMask(Mask.of(Shape.of(150, 200), i -> rng.nextFloat() < density));
        return layer;
    }

    @Test
    void aSparsePassAgreesWithADenseOneWhereverTheMaskKeeps() {
        var rng = Rng.of(8);
        var layer = masked(0.05f);
        var x = rng.normal(Shape.of(100, 200), 1).withGrad();
        var g = rng.normal(Shape.of(100, 150), 1);

        var dense = layer.forward(x, Mode.training(rng));
        var sparse = layer.forward(x, Mode.training(rng).sparse());

        assertArrayEquals(dense.toArray(), sparse.toArray(), 1e-5f);
        var denseGradients = dense.backward(g);
        var gradients = sparse.backward(g);
        assertArrayEquals(denseGradients.of(x).toArray(), gradients.of(x).toArray(), 1e-5f);
        assertArrayEquals(
                denseGradients.of(layer.bias().orElseThrow().value()).toArray(),
                gradients.of(layer.bias().orElseThrow().value()).toArray());
        var mask = layer.weight().mask().orElseThrow();
        float[] expected = denseGradients.of(layer.weight().value()).toArray();
        float[] actual = gradients.of(layer.weight().value()).toArray();
        int hidden = 0;
        for (int i = 0; i < actual.length; i++) {
            assertEquals(mask.keeps(i) ? expected[i] : 0, actual[i], 1e-4f);
            hidden += !mask.keeps(i) && expected[i] != 0 ? 1 : 0;
        }
        assertTrue(hidden > 20_000);
    }

    @Test
    void aSparsePassIsForMasksThatKeepFewAndBatchesThatAreWorthIt() {
        var rng = Rng.of(9);
        var x = rng.normal(Shape.of(64, 200), 1);
        // the mark of the sparse path: its gradients of masked weights are 0
        assertTrue(hidesMasked(masked(0.05f), x));
        assertFalse(hidesMasked(masked(0.5f), x));
        assertFalse(hidesMasked(masked(0.05f), rng.normal(Shape.of(2, 200), 1)));
    }

    private static boolean hidesMasked(Linear layer, Tensor x) {
        var y = layer.forward(x, Mode.training(Rng.of(1)).sparse());
        var mask = layer.weight().mask().orElseThrow();
        var gradient = y.sum().backward().of(layer.weight().value());
        return Mask.nonZero(gradient).and(mask).equals(Mask.nonZero(gradient));
    }

    @Test
    void weightsCanBeTied() {
        var embedding = Embedding.of(5, 3);
        var decoder = Linear.sharing(embedding.weight(), Parameter.of("bias", Tensor.zeros(Shape.of(5))));

        embedding.initialize(Init.uniform(), 1);

        assertSame(embedding.weight(), decoder.weight());
        assertEquals(
                List.of("embedding1.weight", "fc1.bias"),
                List.copyOf(Sequential.of(embedding, decoder).parameters().keySet()));
    }

    @Test
    void misfitsAreNamed() {
        assertThrows(ShapeException.class, () -> Linear.of(Tensor.zeros(Shape.of(3)), Tensor.zeros(Shape.of(3))));
        assertThrows(ShapeException.class, () -> Linear.of(Tensor.zeros(Shape.of(2, 3)), Tensor.zeros(Shape.of(3))));
        assertThrows(ShapeException.class, () -> layer.forward(Tensor.zeros(Shape.of(1, 2))));
    }

    @Test
    void copiesAgree() {
        assertEquals(StateDict.of(layer), StateDict.of(Layers.copy(layer)));
        assertEquals("Linear(3 → 2)", Layers.copy(layer).toString());
    }
}
