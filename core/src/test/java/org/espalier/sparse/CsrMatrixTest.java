package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CsrMatrixTest {

    @Test
    void aMatrixComesBackFromItsCompressedRows() {
        var dense = Sparse.random(1, 13, 29, 0.2f);
        var csr = CsrMatrix.of(dense);

        assertEquals(13, csr.rows());
        assertEquals(29, csr.cols());
        assertArrayEquals(dense.toArray(), csr.toDense().toArray());
        int nonzero = 0;
        for (float value : dense.toArray()) {
            nonzero += value != 0 ? 1 : 0;
        }
        assertEquals(nonzero, csr.nnz());
        assertEquals(6 * nonzero + 4 * 14, csr.bytes());
        assertEquals(nonzero / (13.0 * 29), csr.density());
    }

    @Test
    void aKeptZeroIsStored() {
        var csr = CsrMatrix.of(Tensor.of(Shape.of(2, 2), 0, 1, 2, 0), new boolean[] {true, false, true, true});

        assertEquals(3, csr.nnz());
        assertArrayEquals(new float[] {0, 0, 2, 0}, csr.toDense().toArray());
    }

    @Test
    void productsAreThoseOfTheDenseMatrix() {
        for (int batch : new int[] {0, 1, 2, 3, 17, 128, 200}) {
            var dense = Sparse.random(batch, 23, 57, 0.1f);
            Sparse.assertProduct(
                    CsrMatrix.of(dense), dense, Rng.of(batch).normal(Shape.of(batch, 57), 1));
        }
    }

    @Test
    void wideMatricesAreHeldInBlocksOfColumns() {
        for (float density : new float[] {0, 0.01f, 0.06f, 0.5f}) {
            var dense = Sparse.random(5, 7, 2500, density);
            var csr = CsrMatrix.of(dense);
            assertArrayEquals(dense.toArray(), csr.toDense().toArray());
            for (int batch : new int[] {1, 40}) {
                Sparse.assertProduct(csr, dense, Rng.of(batch).normal(Shape.of(batch, 2500), 1));
            }
        }
    }

    @Test
    void theArraysAreCopiedAndChecked() {
        int[] offsets = {0, 1, 3};
        int[] columns = {2, 0, 1};
        float[] values = {5, 6, 7};
        var csr = CsrMatrix.of(3, offsets, columns, values);
        columns[0] = 0;
        values[0] = 0;

        assertArrayEquals(new float[] {0, 0, 5, 6, 7, 0}, csr.toDense().toArray());
        assertEquals("CsrMatrix[2 × 3, 3 entries]", csr.toString());
    }

    @Test
    void malformedRowsAreRefused() {
        float[] three = {1, 2, 3};
        refused(ShapeException.class, "offsets", new int[0], new int[] {0, 1, 2}, three);
        refused(ShapeException.class, "offsets", new int[] {1, 3}, new int[] {0, 1, 2}, three);
        refused(ShapeException.class, "offsets", new int[] {0, 2}, new int[] {0, 1, 2}, three);
        refused(ShapeException.class, "2 values", new int[] {0, 3}, new int[] {0, 1, 2}, new float[2]);
        refused(IllegalArgumentException.class, "row 1", new int[] {0, 2, 1, 3}, new int[] {0, 1, 2}, three);
        refused(IllegalArgumentException.class, "row 0", new int[] {0, 9, 3}, new int[] {0, 1, 2}, three);
        refused(IllegalArgumentException.class, "column 3", new int[] {0, 3}, new int[] {0, 1, 3}, three);
        refused(IllegalArgumentException.class, "column -1", new int[] {0, 3}, new int[] {-1, 1, 2}, three);
        refused(IllegalArgumentException.class, "ascend", new int[] {0, 3}, new int[] {0, 2, 2}, three);
        assertThrows(ShapeException.class, () -> CsrMatrix.of(Tensor.vector(1, 2)));
    }

    private static void refused(Class<? extends Exception> type, String word, int[] offsets, int[] columns,
            float[] values) {
        var e = assertThrows(type, () -> CsrMatrix.of(3, offsets, columns, values));
        assertTrue(e.getMessage().contains(word), e.getMessage());
    }
}
