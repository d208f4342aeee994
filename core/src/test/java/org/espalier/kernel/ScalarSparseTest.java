package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
        var w = new SparseKernels.Csr(1, 3, 3, 2, offsets, columns);
        kernels.csrVector(w, values, 0, 3, new float[] {9, 1, 2, 4}, 1, BIAS, FusedActivation.RELU, y, 0);
        assertArrayEquals(new float[] {1 + 8 + 10, 0, 6 + 30}, y);

        float[] two = new float[6];
        kernels.csr(w, values, false, false, 0, 3, 2, new float[] {1, -1, 2, -2, 4, -4}, 0, 2, null,
                FusedActivation.NONE, two, 0, 2);
        assertArrayEquals(new float[] {9, -9, 0, 0, 6, -6}, two);
        kernels.csr(w, values, true, true, 0, 3, 2, new float[] {1, 2, 4, -1, -2, -4}, 0, 3, BIAS,
                FusedActivation.NONE, two, 0, 3);
        assertArrayEquals(new float[] {19, -20, 36, 1, -20, 24}, two);
    }

    @Test
    void blocksHoldFourRowsOfAColumnEach() {
        // column 1 of rows 0 to 2 is 1, 2, 3; the fourth value is beyond the matrix
        int[] offsets = {0, 1};
        float[] values = {1, 2, 3, 99};
        float[] y = new float[3];
        var w = new SparseKernels.Csr(4, 3, 2, 2, offsets, new char[] {1});
        kernels.csrVector(w, values, 0, 3, new float[] {7, 5}, 0, BIAS, FusedActivation.NONE, y, 0);
        assertArrayEquals(new float[] {15, -10, 45}, y);

        float[] two = new float[6];
        kernels.csr(w, values, false, false, 0, 3, 2, new float[] {7, 7, 5, 6}, 0, 2, null, FusedActivation.NONE, two,
                0, 2);
        assertArrayEquals(new float[] {5, 6, 10, 12, 15, 18}, two);
    }

    @Test
    void permutedPlacesWriteToTheirRows() {
        // 33 columns, vectors of 4 lanes; place 0 is row 1. The first vector's windows begin at columns 2 and 30.
        var indices = new int[16];
        indices[0] = 1 | 2 << 4;
        indices[1] = 1 << 4;
        assertArrayEquals(new float[] {500, 20 + 7000}, permuted(indices));
    }

    @Test
    void withoutIndicesEveryRowOfAVectorHasTheFirstColumnOfTheWindow() {
        assertArrayEquals(new float[] {5 * 13, 2 * 9 + 7 * 13}, permuted(new int[0]));
    }

    /** Of 8 slots, the first two are used; behind the end stands what would spoil the sums. */
    private float[] permuted(int[] indices) {
        var values = new float[8 * 16];
        values[0] = 2;
        values[16] = 7;
        values[16 + 1] = 5;
        values[2 * 16] = Float.NaN;
        values[2 * 16 + 1] = Float.NaN;
        long[] bases = {0x0009_0009_0009_0002L, 0x0009_0009_0009_001eL, SparseKernels.PERMUTE_END, 0, 0, 0, 0, 0};
        float[] x = new float[33];
        x[2] = 9;
        x[3] = 10;
        x[30] = 13;
        x[31] = 100;
        x[32] = 1000;
        float[] y = new float[2];
        var w = new SparseKernels.Permute(4, new int[] {1, 0}, new int[] {0, 8}, bases, indices, values);
        kernels.permuteVector(w, 0, 2, 33, x, 0, null, FusedActivation.NONE, y, 0);
        return y;
    }

    @Test
    void onlyTheRowsAskedForAreComputed() {
        // [1 0 2; 0 0 0; 0 3 0] in one block
        float[] y = {7, 7, 7};
        var w = new SparseKernels.Csr(1, 3, 3, 3, new int[] {0, 2, 2, 3}, new char[] {0, 2, 1});
        kernels.csr(w, new float[] {1, 2, 3}, true, true, 2, 3, 1, new float[] {1, 2, 4}, 0, 3, BIAS,
                FusedActivation.NONE, y, 0, 3);
        assertArrayEquals(new float[] {7, 7, 36}, y);
    }

    @Test
    void aSampledProductSumsOverTheBatch() {
        // the same entries, columns 0 and 1 in one block and 2 in the next
        int[] offsets = {0, 1, 1, 2, 3, 3, 3};
        float[] x = {1, 2, 4, -1, -2, -4};
        float[] g = {1, 5, 10, 3, 5, 20};
        float[] out = {8, 8, 8};
        var w = new SparseKernels.Csr(1, 3, 3, 2, offsets, new char[] {0, 1, 0});
        kernels.sddmm(w, 0, 2, 2, g, x, out);
        assertArrayEquals(new float[] {1 - 3, 8, 4 - 12}, out);
        kernels.sddmm(w, 2, 3, 2, g, x, out);
        assertArrayEquals(new float[] {1 - 3, 20 - 40, 4 - 12}, out);
    }

    @Test
    void lanesAreFoldedInHalves() {
        // in this order only, the ones survive: (2^24 + -2^24) + (1 + 1)
        float big = 1 << 24;
        float[] lanes = new float[17];
        lanes[1] = big;
        lanes[9] = -big;
        lanes[2] = 1;
        lanes[10] = 1;
        assertEquals(2, ScalarSparse.folded(lanes, 1, 16));
    }

    @Test
    void aBitmapHasABitForEachRowOfAGroup() {
        // rows 0 and 65 of 66, which is row 1 of the second group: [1 0; …; 2 3]
        long[] bits = {1, 0, 2, 2};
        float[] values = new float[3 + SparseKernels.BITMAP_PADDING];
        values[0] = 1;
        values[1] = 2;
        values[2] = 3;
        float[] y = new float[66];
        var w = new SparseKernels.Bitmap(new int[] {0, 1, 3}, bits, values);
        kernels.bitmapVector(w, 0, 66, 2, new float[] {10, 100}, 0, null, FusedActivation.NONE, y, 0);
        float[] expected = new float[66];
        expected[0] = 10;
        expected[65] = 320;
        assertArrayEquals(expected, y);
    }
}
