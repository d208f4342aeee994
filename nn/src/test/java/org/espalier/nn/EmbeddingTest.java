package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTest {
    private final Embedding layer = Embedding.of(Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));

    @Test
    void numbersBecomeRowsOfTheTable() {
        assertArrayEquals(new float[] {5, 6, 1, 2}, layer.forward(Labels.of(2, 0)).toArray());
        assertEquals(Shape.of(2, 2), layer.forward(Labels.of(2, 0)).shape());
    }

    @Test
    void anyShapeGainsAnAxis() {
        assertEquals(Shape.of(4, 5, 2), layer.forward(Tensor.zeros(Shape.of(4, 5))).shape());
        assertEquals(Shape.of(2), layer.forward(Tensor.scalar(1)).shape());
        assertEquals(Shape.of(0, 2), layer.forward(Labels.of()).shape());
    }

    @Test
    void gradientsOfRepeatedEntriesAdd() {
        var y = layer.forward(Labels.of(1, 1, 0));

        var gradient = y.times(Tensor.of(Shape.of(3, 1), 1, 10, 100)).sum().backward().of(layer.weight().value());

        assertArrayEquals(new float[] {100, 100, 11, 11, 0, 0}, gradient.toArray());
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 3, 0.5f, Float.NaN, Float.POSITIVE_INFINITY})
    void whatIsNoEntryIsRefused(float index) {
        assertThrows(ShapeException.class, () -> layer.forward(Tensor.vector(index)));
    }

    @Test
    void initializingDrawsTheTable() {
        var fresh = Embedding.of(100, 8);
        fresh.initialize(Init.uniform(), 1);

        assertEquals(800, Mask.nonZero(fresh.weight().value()).kept(), 1);
        assertEquals("Embedding(100 → 8)", fresh.toString());
    }

    @Test
    void theTableMustHaveTwoAxes() {
        assertThrows(ShapeException.class, () -> Embedding.of(Tensor.zeros(Shape.of(3))));
    }

    @Test
    void copiesAgree() {
        assertEquals(StateDict.of(layer), StateDict.of(Layers.copy(layer)));
    }
}
