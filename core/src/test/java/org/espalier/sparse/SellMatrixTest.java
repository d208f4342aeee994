package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SellMatrixTest {
    @Test
    void aMatrixComesBackFromItsSlices() {
        for (int rows : new int[] {1, 2, 3, 4, 5, 64, 70}) {
            for (int cols : new int[] {1, 2, 33, 70}) {
                for (float density : new float[] {0, 0.1f, 1}) {
                    var dense = Sparse.random(rows, rows, cols, density);
                    var sell = SellMatrix.of(dense);
                    assertArrayEquals(dense.toArray(), sell.toDense().toArray());
                    assertEquals(CsrMatrix.of(dense).nnz(), sell.nnz());
                }
            }
        }
    }

    @Test
    void sixBytesAnEntryAndFourForEachRowOfItsOrderAndItsTail() {
        // 5 rows of 3 entries: a slice of 3 steps and a row that is all tail; 3 + 2 + 6 offsets
        var dense = Tensor.full(Shape.of(5, 3), 2);

        assertEquals(6 * 15 + 4 * (5 + 3 + 6), SellMatrix.of(dense).bytes());
        assertEquals("SellMatrix[5 × 3, 15 entries]", SellMatrix.of(dense).toString());
    }

    @Test
    void productsAreThoseOfTheDenseMatrix() {
        for (int batch : new int[] {0, 1, 2, 5}) {
            var dense = Sparse.random(batch, 45, 77, 0.1f);
            Sparse.assertProduct(SellMatrix.of(dense), dense, Rng.of(batch).normal(Shape.of(batch, 77), 1));
        }
    }

    @Test
    void compressedRowsHaveTheSameBitsAndThreadsChangeNone() {
        var dense = Sparse.random(3, 700, 900, 0.2f);
        var x = Rng.of(4).normal(Shape.of(1, 900), 1);
        float[] expected = CsrMatrix.of(dense).times(x).toArray();

        assertArrayEquals(expected, SellMatrix.of(dense).times(x).toArray());
        try (var two = Parallelism.of(2)) {
            assertArrayEquals(expected, two.call(() -> SellMatrix.of(dense).times(x).toArray()));
        }
    }

    @Test
    void anInfiniteInputReachesOnlyTheRowsThatHaveItsColumn() {
        var dense = Storage.adopt(Shape.of(4, 3), new float[] {1, 0, 2, 1, 1, 0, 1, 0, 0, 1, 0, 3});
        var x = Tensor.of(Shape.of(1, 3), 1, Float.POSITIVE_INFINITY, 1);

        assertArrayEquals(new float[] {3, Float.POSITIVE_INFINITY, 1, 4}, SellMatrix.of(dense).times(x).toArray());
    }

    @Test
    void onlyMatricesOfAsManyColumnsAsTwoBytesNumberAreTaken() {
        assertThrows(ShapeException.class, () -> SellMatrix.of(Tensor.vector(1, 2)));
        var e = assertThrows(ShapeException.class, () -> SellMatrix.of(Tensor.zeros(Shape.of(1, 65537))));
        assertEquals("sell: 65537 columns, the most are 65536", e.getMessage());
        assertEquals(0, SellMatrix.of(Tensor.zeros(Shape.of(1, 65536))).nnz());
    }
}
