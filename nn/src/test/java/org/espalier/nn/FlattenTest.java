package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FlattenTest {

    @Test
    void everyAxisButTheBatchIsMerged() {
        var x = Rng.of(1).normal(Shape.of(2, 3, 4), 1);

        var y = Flatten.of().forward(x);

        assertEquals(Shape.of(2, 12), y.shape());
        assertArrayEquals(x.toArray(), y.toArray());
    }

    @Test
    void edgesAreDefined() {
        assertEquals(Shape.of(3, 1), Flatten.of().forward(Tensor.zeros(Shape.of(3))).shape());
        assertEquals(Shape.of(3, 5), Flatten.of().forward(Tensor.zeros(Shape.of(3, 5))).shape());
        assertEquals(Shape.of(0, 6), Flatten.of().forward(Tensor.zeros(Shape.of(0, 2, 3))).shape());
        assertEquals(Shape.of(2, 0), Flatten.of().forward(Tensor.zeros(Shape.of(2, 0, 3))).shape());
        assertThrows(ShapeException.class, () -> Flatten.of().forward(Tensor.scalar(1)));
    }

    @Test
    void textGivesItBack() {
        assertEquals(Flatten.of(), Layers.copy(Flatten.of()));
        assertEquals("Flatten", Flatten.of().toString());
    }
}
