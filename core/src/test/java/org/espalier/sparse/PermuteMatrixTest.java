package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PermuteMatrixTest {

    @Test
    void aMatrixComesBackFromItsSlots() {
        for (int rows : new int[] {1, 63, 64, 65, 130}) {
            for (int cols : new int[] {1, 31, 32, 33, 64, 70}) {
                for (float density : new float[] {0, 0.1f, 1}) {
                    var dense = Sparse.random(rows, rows, cols, density);
                    var permute = PermuteMatrix.of(dense);
                    assertArrayEquals(dense.toArray(), permute.toDense().toArray());
                    assertEquals(CsrMatrix.of(dense).nnz(), permute.nnz());
                }
            }
        }
    }

    @Test
    void twoEntriesInEvery32ColumnsFitWithoutFilling() {
        float[] elements = new float[64 * 96];
        for (int i = 0; i < 64 * 96; i += 32) {
            elements[i + i / 32 % 16] = 1;
            elements[i + 31 - i / 32 % 13] = 2;
        }
        var permute = PermuteMatrix.of(Storage.adopt(Shape.of(64, 96), elements));

        assertEquals(1, permute.fill());
        assertEquals(64 * 6, permute.nnz());
        assertEquals(5 * 64 * 6 + 2 * 6 + 4 * (2 + 64), permute.bytes());
        assertTrue(PermuteMatrix.of(Sparse.random(5, 64, 96, 0.1f)).fill() > 1);
    }

    @Test
    void productsAreThoseOfTheDenseMatrix() {
        for (int batch : new int[] {0, 1, 2, 5}) {
            var dense = Sparse.random(batch, 45, 77, 0.1f);
            Sparse.assertProduct(
                    PermuteMatrix.of(dense), dense, Rng.of(batch).normal(Shape.of(batch, 77), 1));
        }
    }

    @Test
    void onlyMatricesAreTaken() {
        assertThrows(ShapeException.class, () -> PermuteMatrix.of(Tensor.vector(1, 2)));
    }
}
