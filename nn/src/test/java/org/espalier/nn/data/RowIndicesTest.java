package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RowIndicesTest {

    @Test
    void rowsAreCopiedInTheOrderAsked() {
        var tensor = Tensor.of(Shape.of(3, 1, 2), 1, 2, 3, 4, 5, 6);
        var rows = RowIndices.rows(tensor, 2, 0, 2);
        assertEquals(Shape.of(3, 1, 2), rows.shape());
        assertArrayEquals(new float[] {5, 6, 1, 2, 5, 6}, rows.toArray());
    }

    @Test
    void noRowsMayBeAskedForAndOfNone() {
        assertEquals(Shape.of(0, 2), RowIndices.rows(Tensor.zeros(Shape.of(3, 2))).shape());
        assertEquals(Shape.of(0, 2), RowIndices.rows(Tensor.zeros(Shape.of(0, 2))).shape());
        assertThrows(IndexOutOfBoundsException.class, () -> RowIndices.rows(Tensor.zeros(Shape.of(3, 2)), 3));
    }

    @Test
    void aRangeCountsUp() {
        assertArrayEquals(new int[] {2, 3, 4}, RowIndices.range(2, 5));
    }
}
