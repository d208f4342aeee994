package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AdaptiveMatrixTest {
    @Test
    void batchesAndSingleSamplesHaveTheBitsOfCompressedRows() {
        var dense = Sparse.random(1, 70, 130, 0.05f);
        var matrix = AdaptiveMatrix.of(dense).orElseThrow();
        var csr = CsrMatrix.of(dense);

        assertArrayEquals(dense.toArray(), matrix.toDense().toArray());
        assertEquals(csr.nnz(), matrix.nnz());
        assertTrue(matrix.bytes() > csr.bytes());
        for (int batch : new int[] {1, 2, 3, 40}) {
            var x = Rng.of(batch).normal(Shape.of(batch, 130), 1);
            assertArrayEquals(csr.times(x).toArray(), matrix.times(x).toArray());
            assertEquals(csr.prefersFeatureMajor(batch), matrix.prefersFeatureMajor(batch));
        }
    }

    @Test
    void aDenseMatrixIsLeftToDenseProducts() {
        assertFalse(AdaptiveMatrix.of(Sparse.random(1, 40, 50, 0.6f)).isPresent());
        assertThrows(ShapeException.class, () -> AdaptiveMatrix.of(Tensor.vector(1, 2)));
    }
}
