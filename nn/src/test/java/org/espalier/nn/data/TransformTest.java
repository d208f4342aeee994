package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TransformTest {

    @Test
    void flatteningKeepsRows() {
        assertEquals(Shape.of(2, 12), Transform.flatten().apply(Tensor.zeros(Shape.of(2, 3, 4))).shape());
        assertEquals(Shape.of(0, 12), Transform.flatten().apply(Tensor.zeros(Shape.of(0, 3, 4))).shape());
        assertEquals(Shape.of(2, 1), Transform.flatten().apply(Tensor.zeros(Shape.of(2))).shape());
    }

    @Test
    void normalizingShiftsAndScales() {
        var normalized = Transform.normalize(3, 0.5f).apply(Tensor.vector(3, 4, 2.5f));
        assertArrayEquals(new float[] {0, 2, -1}, normalized.toArray());
        assertThrows(IllegalArgumentException.class, () -> Transform.normalize(0, 0));
    }

    @Test
    void transformsFollowOneAnother() {
        var both = Transform.normalize(1, 1).then(Transform.normalize(0, 0.5f));
        assertArrayEquals(new float[] {4}, both.apply(Tensor.vector(3)).toArray());
    }
}
