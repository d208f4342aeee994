package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.SparseKernels;

/**
 * Compressed rows, a block of columns at a time: a row's sums stay in registers over its entries in the block, and the
 * inputs of the block stay in the L1 cache over all rows.
 *
 * <p>Plain calls of the Vector API in flat methods that differ in their width only: a helper between them and the loop
 * would end inlining, and every vector would be an object.
 */
final class VectorSparseRows {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final long BYTES = (long) S.length() * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MemorySegment INPUTS = VectorSparseSlots.INPUTS;
    private static final MemorySegment SUMS = VectorSparseSlots.SUMS;

    private static final int LAST_ROW = VectorSparseSlots.ROWS - 1;
    private static final int LAST_COLUMN = SparseKernels.CSR_COLUMNS - 1;

    private static final int ONE = VectorSparseSlots.ONE;
    private static final int TWO = VectorSparseSlots.TWO;
    private static final long THREE = 3 * BYTES;
    private static final int FOUR = VectorSparseSlots.FOUR;

    private VectorSparseRows() {}

    /** Adds a block of columns to the sums of some rows, 4 vectors of samples. */
    static void four(int slot, int rows, int[] offsets, int first, char[] columns, float[] values) {
        long inputs = VectorSparseSlots.inputs(slot);
        long sums = VectorSparseSlots.sums(slot);
        for (int r = 0; r < rows; r++) {
            int end = offsets[first + r + 1];
            int p = offsets[first + r];
            if (p < end) {
                long sum = sums + ((long) (r & LAST_ROW) << FOUR);
                FloatVector s0 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s1 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                FloatVector s2 = FloatVector.fromMemorySegment(S, SUMS, sum + 2 * BYTES, ORDER);
                FloatVector s3 = FloatVector.fromMemorySegment(S, SUMS, sum + 3 * BYTES, ORDER);
                for (; p < end; p++) {
                    long at = inputs + ((long) (columns[p] & LAST_COLUMN) << FOUR);
                    FloatVector w = FloatVector.broadcast(S, values[p]);
                    s0 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, at, ORDER), s0);
                    s1 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, at + BYTES, ORDER), s1);
                    s2 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, at + 2 * BYTES, ORDER), s2);
                    s3 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, at + 3 * BYTES, ORDER), s3);
                }
                s0.intoMemorySegment(SUMS, sum, ORDER);
                s1.intoMemorySegment(SUMS, sum + BYTES, ORDER);
                s2.intoMemorySegment(SUMS, sum + 2 * BYTES, ORDER);
                s3.intoMemorySegment(SUMS, sum + 3 * BYTES, ORDER);
            }
        }
    }

    /** Adds a block of columns to the sums of some rows, 3 vectors of samples. */
    static void three(int slot, int rows, int[] offsets, int first, char[] columns, float[] values) {
        long inputs = VectorSparseSlots.inputs(slot);
        long sums = VectorSparseSlots.sums(slot);
        for (int r = 0; r < rows; r++) {
            int end = offsets[first + r + 1];
            int p = offsets[first + r];
            if (p < end) {
                long sum = sums + (r & LAST_ROW) * THREE;
                FloatVector s0 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s1 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                FloatVector s2 = FloatVector.fromMemorySegment(S, SUMS, sum + 2 * BYTES, ORDER);
                for (; p < end; p++) {
                    long at = inputs + (columns[p] & LAST_COLUMN) * THREE;
                    FloatVector w = FloatVector.broadcast(S, values[p]);
                    s0 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, at, ORDER), s0);
                    s1 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, at + BYTES, ORDER), s1);
                    s2 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, at + 2 * BYTES, ORDER), s2);
                }
                s0.intoMemorySegment(SUMS, sum, ORDER);
                s1.intoMemorySegment(SUMS, sum + BYTES, ORDER);
                s2.intoMemorySegment(SUMS, sum + 2 * BYTES, ORDER);
            }
        }
    }

    /** Adds a block of columns to the sums of some rows, 2 vectors of samples. */
    static void two(int slot, int rows, int[] offsets, int first, char[] columns, float[] values) {
        long inputs = VectorSparseSlots.inputs(slot);
        long sums = VectorSparseSlots.sums(slot);
        for (int r = 0; r < rows; r++) {
            int end = offsets[first + r + 1];
            int p = offsets[first + r];
            if (p < end) {
                long sum = sums + ((long) (r & LAST_ROW) << TWO);
                FloatVector s0 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s1 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                for (; p < end; p++) {
                    long at = inputs + ((long) (columns[p] & LAST_COLUMN) << TWO);
                    FloatVector w = FloatVector.broadcast(S, values[p]);
                    s0 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, at, ORDER), s0);
                    s1 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, at + BYTES, ORDER), s1);
                }
                s0.intoMemorySegment(SUMS, sum, ORDER);
                s1.intoMemorySegment(SUMS, sum + BYTES, ORDER);
            }
        }
    }

    /** Adds a block of columns to the sums of some rows, 1 vector of samples. */
    static void one(int slot, int rows, int[] offsets, int first, char[] columns, float[] values) {
        long inputs = VectorSparseSlots.inputs(slot);
        long sums = VectorSparseSlots.sums(slot);
        for (int r = 0; r < rows; r++) {
            int end = offsets[first + r + 1];
            int p = offsets[first + r];
            if (p < end) {
                long sum = sums + ((long) (r & LAST_ROW) << ONE);
                FloatVector s0 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                for (; p < end; p++) {
                    long at = inputs + ((long) (columns[p] & LAST_COLUMN) << ONE);
                    FloatVector w = FloatVector.broadcast(S, values[p]);
                    s0 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, at, ORDER), s0);
                }
                s0.intoMemorySegment(SUMS, sum, ORDER);
            }
        }
    }

    /** A block of columns times one vector: the chains of four rows at a time, since each waits for its last sum. */
    static void vector(int from, int to, int[] offsets, int first, char[] columns, float[] values, float[] x, int xo,
            float[] y, int yo) {
        int r = from;
        for (; r + 4 <= to; r += 4) {
            int p0 = offsets[first + r];
            int p1 = offsets[first + r + 1];
            int p2 = offsets[first + r + 2];
            int p3 = offsets[first + r + 3];
            int end = offsets[first + r + 4];
            int common = Math.min(Math.min(p1 - p0, p2 - p1), Math.min(p3 - p2, end - p3));
            float s0 = y[yo + r];
            float s1 = y[yo + r + 1];
            float s2 = y[yo + r + 2];
            float s3 = y[yo + r + 3];
            for (int i = 0; i < common; i++) {
                s0 = Math.fma(values[p0 + i], x[xo + columns[p0 + i]], s0);
                s1 = Math.fma(values[p1 + i], x[xo + columns[p1 + i]], s1);
                s2 = Math.fma(values[p2 + i], x[xo + columns[p2 + i]], s2);
                s3 = Math.fma(values[p3 + i], x[xo + columns[p3 + i]], s3);
            }
            y[yo + r] = row(s0, p0 + common, p1, columns, values, x, xo);
            y[yo + r + 1] = row(s1, p1 + common, p2, columns, values, x, xo);
            y[yo + r + 2] = row(s2, p2 + common, p3, columns, values, x, xo);
            y[yo + r + 3] = row(s3, p3 + common, end, columns, values, x, xo);
        }
        for (; r < to; r++) {
            y[yo + r] = row(y[yo + r], offsets[first + r], offsets[first + r + 1], columns, values, x, xo);
        }
    }

    private static float row(float start, int from, int to, char[] columns, float[] values, float[] x, int xo) {
        float sum = start;
        for (int p = from; p < to; p++) {
            sum = Math.fma(values[p], x[xo + columns[p]], sum);
        }
        return sum;
    }
}
