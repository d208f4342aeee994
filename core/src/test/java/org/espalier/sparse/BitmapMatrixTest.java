package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class BitmapMatrixTest {
    @Test
    void aMatrixComesBack() {
        for (int rows : new int[] {1, 63, 64, 65, 150}) {
            var dense = Sparse.random(rows, rows, 9, 0.5f);
            assertArrayEquals(dense.toArray(), BitmapMatrix.of(dense).toDense().toArray());
        }
    }

    @Test
    void aWeightTakesABitAndItsValueIfItHasOne() {
        var bitmap = BitmapMatrix.of(Tensor.of(Shape.of(2, 3), 0, 1, 0, -0f, 0, Float.NaN));

        assertEquals(2, bitmap.nnz());
        // two values and what a vector may reach beyond them, two starts, a word for each column
        assertEquals(4 * (2 + 16) + 4 * 2 + 8 * 3, bitmap.bytes());
        assertEquals("BitmapMatrix[2 × 3, 2 entries]", bitmap.toString());
    }

    @Test
    void onlyMatricesHaveThisLayout() {
        assertThrows(ShapeException.class, () -> BitmapMatrix.of(Tensor.vector(1, 2)));
    }
}
