package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.SparseKernels;

/** Compressed rows times a block of samples; see {@link VectorSparse}. */
final class VectorSparseRows {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final long BYTES = (long) S.length() * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MemorySegment INPUTS = OffHeapScratch.INPUTS;
    private static final MemorySegment SUMS = OffHeapScratch.SUMS;
    private static final int LAST_ROW = OffHeapScratch.ROWS - 1;
    private static final int LAST_COLUMN = SparseKernels.CSR_COLUMNS - 1;

    private VectorSparseRows() {}

    /** Adds a block of columns to the sums of some rows, 8 vectors of samples. */
    static void eight(int slot, int rows, int[] offsets, int first, char[] columns, float[] values) {
        long inputs = OffHeapScratch.inputs(slot);
        long sums = OffHeapScratch.sums(slot);
        for (int r = 0; r < rows; r++) {
            int end = offsets[first + r + 1];
            int p = offsets[first + r];
            if (p < end) {
                long sum = sums + ((long) (r & LAST_ROW) << OffHeapScratch.EIGHT);
                FloatVector s00 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s01 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                FloatVector s02 = FloatVector.fromMemorySegment(S, SUMS, sum + 2 * BYTES, ORDER);
                FloatVector s03 = FloatVector.fromMemorySegment(S, SUMS, sum + 3 * BYTES, ORDER);
                FloatVector s04 = FloatVector.fromMemorySegment(S, SUMS, sum + 4 * BYTES, ORDER);
                FloatVector s05 = FloatVector.fromMemorySegment(S, SUMS, sum + 5 * BYTES, ORDER);
                FloatVector s06 = FloatVector.fromMemorySegment(S, SUMS, sum + 6 * BYTES, ORDER);
                FloatVector s07 = FloatVector.fromMemorySegment(S, SUMS, sum + 7 * BYTES, ORDER);
                for (; p < end; p++) {
                    long x = inputs + ((long) (columns[p] & LAST_COLUMN) << OffHeapScratch.EIGHT);
                    FloatVector w = FloatVector.broadcast(S, values[p]);
                    s00 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x, ORDER), s00);
                    s01 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + BYTES, ORDER), s01);
                    s02 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + 2 * BYTES, ORDER), s02);
                    s03 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + 3 * BYTES, ORDER), s03);
                    s04 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + 4 * BYTES, ORDER), s04);
                    s05 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + 5 * BYTES, ORDER), s05);
                    s06 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + 6 * BYTES, ORDER), s06);
                    s07 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + 7 * BYTES, ORDER), s07);
                }
                s00.intoMemorySegment(SUMS, sum, ORDER);
                s01.intoMemorySegment(SUMS, sum + BYTES, ORDER);
                s02.intoMemorySegment(SUMS, sum + 2 * BYTES, ORDER);
                s03.intoMemorySegment(SUMS, sum + 3 * BYTES, ORDER);
                s04.intoMemorySegment(SUMS, sum + 4 * BYTES, ORDER);
                s05.intoMemorySegment(SUMS, sum + 5 * BYTES, ORDER);
                s06.intoMemorySegment(SUMS, sum + 6 * BYTES, ORDER);
                s07.intoMemorySegment(SUMS, sum + 7 * BYTES, ORDER);
            }
        }
    }

    /** Adds a block of columns to the sums of some rows, 4 vectors of samples. */
    static void four(int slot, int rows, int[] offsets, int first, char[] columns, float[] values) {
        long inputs = OffHeapScratch.inputs(slot);
        long sums = OffHeapScratch.sums(slot);
        for (int r = 0; r < rows; r++) {
            int end = offsets[first + r + 1];
            int p = offsets[first + r];
            if (p < end) {
                long sum = sums + ((long) (r & LAST_ROW) << OffHeapScratch.FOUR);
                FloatVector s00 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s01 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                FloatVector s02 = FloatVector.fromMemorySegment(S, SUMS, sum + 2 * BYTES, ORDER);
                FloatVector s03 = FloatVector.fromMemorySegment(S, SUMS, sum + 3 * BYTES, ORDER);
                for (; p < end; p++) {
                    long x = inputs + ((long) (columns[p] & LAST_COLUMN) << OffHeapScratch.FOUR);
                    FloatVector w = FloatVector.broadcast(S, values[p]);
                    s00 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x, ORDER), s00);
                    s01 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + BYTES, ORDER), s01);
                    s02 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + 2 * BYTES, ORDER), s02);
                    s03 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + 3 * BYTES, ORDER), s03);
                }
                s00.intoMemorySegment(SUMS, sum, ORDER);
                s01.intoMemorySegment(SUMS, sum + BYTES, ORDER);
                s02.intoMemorySegment(SUMS, sum + 2 * BYTES, ORDER);
                s03.intoMemorySegment(SUMS, sum + 3 * BYTES, ORDER);
            }
        }
    }

    /** Adds a block of columns to the sums of some rows, 3 vectors of samples. */
    static void three(int slot, int rows, int[] offsets, int first, char[] columns, float[] values) {
        long inputs = OffHeapScratch.inputs(slot);
        long sums = OffHeapScratch.sums(slot);
        for (int r = 0; r < rows; r++) {
            int end = offsets[first + r + 1];
            int p = offsets[first + r];
            if (p < end) {
                long sum = sums + (r & LAST_ROW) * (3 * BYTES);
                FloatVector s00 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s01 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                FloatVector s02 = FloatVector.fromMemorySegment(S, SUMS, sum + 2 * BYTES, ORDER);
                for (; p < end; p++) {
                    long x = inputs + (columns[p] & LAST_COLUMN) * (3 * BYTES);
                    FloatVector w = FloatVector.broadcast(S, values[p]);
                    s00 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x, ORDER), s00);
                    s01 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + BYTES, ORDER), s01);
                    s02 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + 2 * BYTES, ORDER), s02);
                }
                s00.intoMemorySegment(SUMS, sum, ORDER);
                s01.intoMemorySegment(SUMS, sum + BYTES, ORDER);
                s02.intoMemorySegment(SUMS, sum + 2 * BYTES, ORDER);
            }
        }
    }

    /** Adds a block of columns to the sums of some rows, 2 vectors of samples. */
    static void two(int slot, int rows, int[] offsets, int first, char[] columns, float[] values) {
        long inputs = OffHeapScratch.inputs(slot);
        long sums = OffHeapScratch.sums(slot);
        for (int r = 0; r < rows; r++) {
            int end = offsets[first + r + 1];
            int p = offsets[first + r];
            if (p < end) {
                long sum = sums + ((long) (r & LAST_ROW) << OffHeapScratch.TWO);
                FloatVector s00 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s01 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                for (; p < end; p++) {
                    long x = inputs + ((long) (columns[p] & LAST_COLUMN) << OffHeapScratch.TWO);
                    FloatVector w = FloatVector.broadcast(S, values[p]);
                    s00 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x, ORDER), s00);
                    s01 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x + BYTES, ORDER), s01);
                }
                s00.intoMemorySegment(SUMS, sum, ORDER);
                s01.intoMemorySegment(SUMS, sum + BYTES, ORDER);
            }
        }
    }

    /** Adds a block of columns to the sums of some rows, 1 vector of samples. */
    static void one(int slot, int rows, int[] offsets, int first, char[] columns, float[] values) {
        long inputs = OffHeapScratch.inputs(slot);
        long sums = OffHeapScratch.sums(slot);
        for (int r = 0; r < rows; r++) {
            int end = offsets[first + r + 1];
            int p = offsets[first + r];
            if (p < end) {
                long sum = sums + ((long) (r & LAST_ROW) << OffHeapScratch.ONE);
                FloatVector s00 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                for (; p < end; p++) {
                    long x = inputs + ((long) (columns[p] & LAST_COLUMN) << OffHeapScratch.ONE);
                    FloatVector w = FloatVector.broadcast(S, values[p]);
                    s00 = w.fma(FloatVector.fromMemorySegment(S, INPUTS, x, ORDER), s00);
                }
                s00.intoMemorySegment(SUMS, sum, ORDER);
            }
        }
    }
}
