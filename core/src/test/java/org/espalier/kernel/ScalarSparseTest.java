package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** Products small enough to work out by hand. */
class ScalarSparseTest {
    private static final float[] BIAS = {10, -20, 30};

    private final SparseKernels kernels = SparseKernels.scalar();

    @Test
    void compressedRowsMeanWhatTheySay() {
        // [1 0 2; 0 0 0; 0 3 0], columns 0 and 1 in one block and 2 in the next
        int[] offsets = {0, 1, 1, 2, 3, 3, 3};
        char[] columns = {0, 1, 0};
        float[] values = {1, 3, 2};
        float[] y = new float[3];
        kernels.csrVector(
                1, 3, 3, 2, offsets, columns, values, new float[] {9, 1, 2, 4}, 1, BIAS, Activation.RELU, y, 0);
        assertArrayEquals(new float[] {1 + 8 + 10, 0, 6 + 30}, y);

        float[] two = new float[6];
        kernels.csr(false, false, 1, 3, 3, 2, 2, offsets, columns, values, new float[] {1, -1, 2, -2, 4, -4}, 0, 2,
                null, Activation.NONE, two, 0, 2);
        assertArrayEquals(new float[] {9, -9, 0, 0, 6, -6}, two);
        kernels.csr(true, true, 1, 3, 3, 2, 2, offsets, columns, values, new float[] {1, 2, 4, -1, -2, -4}, 0, 3,
                BIAS, Activation.NONE, two, 0, 3);
        assertArrayEquals(new float[] {19, -20, 36, 1, -20, 24}, two);
    }

    @Test
    void blocksHoldFourRowsOfAColumnEach() {
        // column 1 of rows 0 to 2 is 1, 2, 3; the fourth value is beyond the matrix
        int[] offsets = {0, 1};
        float[] values = {1, 2, 3, 99};
        float[] y = new float[3];
        kernels.csrVector(
                4, 3, 2, 2, offsets, new char[] {1}, values, new float[] {7, 5}, 0, BIAS, Activation.NONE, y, 0);
        assertArrayEquals(new float[] {15, -10, 45}, y);

        float[] two = new float[6];
        kernels.csr(false, false, 4, 3, 2, 2, 2, offsets, new char[] {1}, values, new float[] {7, 7, 5, 6}, 0, 2,
                null, Activation.NONE, two, 0, 2);
        assertArrayEquals(new float[] {5, 6, 10, 12, 15, 18}, two);
    }

    @Test
    void permutedPlacesWriteToTheirRows() {
        // 33 columns: one slot in the first and one in the third step; place 0 is row 1
        var indices = new byte[128];
        var values = new float[128];
        indices[0] = 3;
        values[0] = 2;
        indices[1] = 31;
        values[1] = 5;
        values[64] = 7;
        float[] x = new float[33];
        x[3] = 10;
        x[31] = 100;
        x[32] = 1000;
        float[] y = new float[2];
        kernels.permuteVector(2, 33, new int[] {1, 0}, new int[] {0, 2}, new char[] {0, 2}, indices, values, x, 0,
                null, Activation.NONE, y, 0);
        assertArrayEquals(new float[] {500, 20 + 7000}, y);
    }
}
