package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BatchTest {

    @Test
    void aBatchHasAsManyTargetsAsInputs() {
        assertEquals(3, new Batch(Tensor.zeros(Shape.of(3, 2)), Tensor.zeros(Shape.of(3))).size());
        assertEquals(0, new Batch(Tensor.zeros(Shape.of(0, 2)), Tensor.zeros(Shape.of(0))).size());
        var inputs = Tensor.zeros(Shape.of(3, 2));
        assertThrows(ShapeException.class, () -> new Batch(inputs, Tensor.zeros(Shape.of(2))));
        assertThrows(ShapeException.class, () -> new Batch(inputs, Tensor.scalar(1)));
    }
}
