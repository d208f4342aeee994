package org.espalier.kernel.vector;

import java.util.Arrays;

/**
 * One row times a matrix that is stored transposed: y = a · Wᵀ for W [n × k], as a layer of one sample has it.
 *
 * <p>Idea: every element of y is one chain of multiply-adds in ascending order, so the columns of Wᵀ have to stand in
 * the lanes. Sixteen rows at a time are turned into columns in registers and multiplied there. Rows whose distance puts
 * them into the same sets of the L1 cache are turned eight at a time and stored, for so few steps of the reduction
 * dimension that they stay in a near cache, and multiplied with eight independent chains. Cost: n·k elements turned,
 * which takes longer than the multiply-adds.
 */
final class VectorRow {
    /** Elements turned at a time: 64 KB. A quarter of it took 1.3 to 1.5 times as long (AMD Zen 5). */
    static final int ELEMENTS = 16384;

    /** Rows such a multiple apart are in the same sets of the L1 cache, which has fewer ways than rows are read. */
    private static final int SAME_SETS = 512;

    private VectorRow() {}

    /**
     * c = a · Wᵀ, or c += a · Wᵀ.
     *
     * @param w [n × k], rows {@code ldw} apart
     * @param panels room for {@value #ELEMENTS} elements
     * @param sums room for {@link VectorPackedRow#CHAINS} vectors and for {@link VectorTurnedRows#ROWS} elements
     */
    static void multiply(VectorTile kernel, int n, int k, float[] a, int ao, float[] w, int wo, int ldw,
            boolean accumulate, float[] c, int co, float[] panels, float[] sums) {
        if (n >= VectorTurnedRows.ROWS && ldw % SAME_SETS != 0) {
            multiplyInRegisters(n, k, a, ao, w, wo, ldw, accumulate, c, co, sums);
            return;
        }
        int most = VectorPackedRow.CHAINS * kernel.lanes;
        int width = kernel.widest * kernel.lanes;
        int steps = ELEMENTS / most;
        for (int j = 0; j < n; j += most) {
            int columns = Math.min(most, n - j);
            int count = (columns + width - 1) / width;
            if (accumulate) {
                System.arraycopy(c, co + j, sums, 0, columns);
            } else {
                Arrays.fill(sums, 0, count * width, 0f);
            }
            for (int p = 0; p < k; p += steps) {
                int depth = Math.min(steps, k - p);
                for (int panel = 0; panel < count; panel++) {
                    int first = panel * width;
                    VectorPacking.panel(true, Math.min(width, columns - first), width, depth, w,
                            wo + (j + first) * ldw + p, ldw, panels, first * depth);
                }
                VectorGemv.more(count, kernel.widest, depth, a, ao + p, panels, 0, width * depth, sums, 0);
            }
            System.arraycopy(sums, 0, c, co + j, columns);
        }
    }

    /** The same, columns made and used in registers. The last rows are moved back to be as many as the others. */
    private static void multiplyInRegisters(int n, int k, float[] a, int ao, float[] w, int wo, int ldw,
            boolean accumulate, float[] c, int co, float[] sums) {
        int rows = VectorTurnedRows.ROWS;
        int whole = k - k % VectorTurnedRows.COLUMNS;
        for (int j = 0; j < n; j += rows) {
            int at = Math.min(j, n - rows);
            int first = wo + at * ldw;
            if (accumulate) {
                System.arraycopy(c, co + at, sums, 0, rows);
            } else {
                Arrays.fill(sums, 0, rows, 0f);
            }
            VectorTurnedRows.add(whole, a, ao, w, first, ldw, sums, 0);
            for (int r = 0; whole < k && r < rows; r++) {
                float sum = sums[r];
                for (int p = whole; p < k; p++) {
                    sum = Math.fma(a[ao + p], w[first + r * ldw + p], sum);
                }
                sums[r] = sum;
            }
            System.arraycopy(sums, j - at, c, co + j, rows - (j - at));
        }
    }
}
