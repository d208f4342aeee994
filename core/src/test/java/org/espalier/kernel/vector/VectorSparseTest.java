package org.espalier.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.espalier.kernel.FloatBits;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contract is tested in SparseKernelsTest; here, what is this implementation's own. */
@Tag("kernel-width")
class VectorSparseTest {
    /** More rows than the sums of one block hold, so that a block of rows ends within the matrix. */
    private static final int ROWS = 1100;

    @Test
    void aMatrixTallerThanABlockOfRowsHasTheBitsOfTheSpecification() {
        VectorKernelsTest.assumePresent();
        var offsets = new int[ROWS + 1];
        var columns = new char[ROWS];
        for (int r = 0; r < ROWS; r++) {
            offsets[r + 1] = r + 1;
            columns[r] = (char) (r % 3);
        }
        float[] values = FloatBits.normal(new Random(1), ROWS);
        float[] x = FloatBits.normal(new Random(2), 3 * 20);

        assertArrayEquals(product(SparseKernels.scalar(), offsets, columns, values, x),
                product(VectorSparse.INSTANCE, offsets, columns, values, x));
    }

    private static float[] product(SparseKernels kernels, int[] offsets, char[] columns, float[] values, float[] x) {
        var y = new float[20 * ROWS];
        var w = new SparseKernels.Csr(1, ROWS, 3, 3, offsets, columns);
        kernels.csr(w, values, true, true, 0, ROWS, 20, x, 0, 3, null, FusedActivation.NONE, y, 0, ROWS);
        return y;
    }
}
