package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.espalier.kernel.SparseKernels;

/**
 * Slices of four rows times one vector: four scalar chains in lockstep, whose four columns come in one load. Gathering
 * is left to scalar loads, which no machine does slower than a gather; the vector lies in {@link OffHeapScratch},
 * where masked columns need no bounds check.
 */
final class VectorSparseSell {
    private static final MemorySegment INPUTS = OffHeapScratch.INPUTS;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final int ROWS = SparseKernels.SELL_ROWS;
    private static final long COLUMN = SparseKernels.SELL_COLUMNS - 1;

    private VectorSparseSell() {}

    /** Writes max(sum + bias, floor) of the places [from, to) to their rows of y; the inputs are those of a slot. */
    static void sums(int slot, SparseKernels.Sell w, int from, int to, float[] bias, float floor, float[] y, int yo) {
        long x = OffHeapScratch.inputs(slot);
        int[] order = w.order();
        int[] steps = w.steps();
        int[] tails = w.tails();
        long[] columns = w.columns();
        float[] values = w.values();
        char[] tailColumns = w.tailColumns();
        float[] tailValues = w.tailValues();
        for (int place = from; place < to; place += ROWS) {
            float s0 = 0f;
            float s1 = 0f;
            float s2 = 0f;
            float s3 = 0f;
            int end = steps[place / ROWS + 1];
            for (int s = steps[place / ROWS]; s < end; s++) {
                long c = columns[s];
                s0 = Math.fma(values[4 * s], INPUTS.get(FLOAT, x + ((c & COLUMN) << 2)), s0);
                s1 = Math.fma(values[4 * s + 1], INPUTS.get(FLOAT, x + ((c >>> 16 & COLUMN) << 2)), s1);
                s2 = Math.fma(values[4 * s + 2], INPUTS.get(FLOAT, x + ((c >>> 32 & COLUMN) << 2)), s2);
                s3 = Math.fma(values[4 * s + 3], INPUTS.get(FLOAT, x + (c >>> 48 << 2)), s3);
            }
            finish(tail(s0, place, tails, tailColumns, tailValues, x), place, order, bias, floor, y, yo);
            if (place + 1 < to) {
                finish(tail(s1, place + 1, tails, tailColumns, tailValues, x), place + 1, order, bias, floor, y, yo);
            }
            if (place + 2 < to) {
                finish(tail(s2, place + 2, tails, tailColumns, tailValues, x), place + 2, order, bias, floor, y, yo);
            }
            if (place + 3 < to) {
                finish(tail(s3, place + 3, tails, tailColumns, tailValues, x), place + 3, order, bias, floor, y, yo);
            }
        }
    }

    private static float tail(float start, int place, int[] tails, char[] columns, float[] values, long x) {
        float sum = start;
        for (int p = tails[place]; p < tails[place + 1]; p++) {
            sum = Math.fma(values[p], INPUTS.get(FLOAT, x + ((long) columns[p] << 2)), sum);
        }
        return sum;
    }

    private static void finish(float sum, int place, int[] order, float[] bias, float floor, float[] y, int yo) {
        int row = order[place];
        // adding −0 changes nothing
        y[yo + row] = Math.max(sum + (bias == null ? -0f : bias[row]), floor);
    }
}
