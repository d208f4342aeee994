package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.SparseKernels;

/** Compressed rows of blocks, four rows of a block at a time, times a block of samples. */
final class VectorSparseBlocks {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final long BYTES = (long) S.length() * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MemorySegment INPUTS = OffHeapScratch.INPUTS;
    private static final MemorySegment SUMS = OffHeapScratch.SUMS;
    private static final int LAST_ROW = OffHeapScratch.ROWS - 4;
    private static final int LAST_COLUMN = SparseKernels.CSR_COLUMNS - 1;

    private VectorSparseBlocks() {}

    /** Adds a block of columns to the sums of some rows, 4 vectors of samples. */
    static void four(int slot, int height, int first, int rows, int[] offsets, int at, char[] columns, float[] values) {
        long inputs = OffHeapScratch.inputs(slot);
        long sums = OffHeapScratch.sums(slot);
        for (int r = 0; r < rows; r += 4) {
            int block = at + (first + r) / height;
            int end = offsets[block + 1];
            int p = offsets[block];
            if (p < end) {
                int v = p * height + r % height;
                long sum = sums + ((long) (r & LAST_ROW) << OffHeapScratch.FOUR);
                FloatVector s00 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s01 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                FloatVector s02 = FloatVector.fromMemorySegment(S, SUMS, sum + 2 * BYTES, ORDER);
                FloatVector s03 = FloatVector.fromMemorySegment(S, SUMS, sum + 3 * BYTES, ORDER);
                FloatVector s10 = FloatVector.fromMemorySegment(S, SUMS, sum + 4 * BYTES, ORDER);
                FloatVector s11 = FloatVector.fromMemorySegment(S, SUMS, sum + 5 * BYTES, ORDER);
                FloatVector s12 = FloatVector.fromMemorySegment(S, SUMS, sum + 6 * BYTES, ORDER);
                FloatVector s13 = FloatVector.fromMemorySegment(S, SUMS, sum + 7 * BYTES, ORDER);
                FloatVector s20 = FloatVector.fromMemorySegment(S, SUMS, sum + 8 * BYTES, ORDER);
                FloatVector s21 = FloatVector.fromMemorySegment(S, SUMS, sum + 9 * BYTES, ORDER);
                FloatVector s22 = FloatVector.fromMemorySegment(S, SUMS, sum + 10 * BYTES, ORDER);
                FloatVector s23 = FloatVector.fromMemorySegment(S, SUMS, sum + 11 * BYTES, ORDER);
                FloatVector s30 = FloatVector.fromMemorySegment(S, SUMS, sum + 12 * BYTES, ORDER);
                FloatVector s31 = FloatVector.fromMemorySegment(S, SUMS, sum + 13 * BYTES, ORDER);
                FloatVector s32 = FloatVector.fromMemorySegment(S, SUMS, sum + 14 * BYTES, ORDER);
                FloatVector s33 = FloatVector.fromMemorySegment(S, SUMS, sum + 15 * BYTES, ORDER);
                for (; p < end; p++, v += height) {
                    long x = inputs + ((long) (columns[p] & LAST_COLUMN) << OffHeapScratch.FOUR);
                    FloatVector x0 = FloatVector.fromMemorySegment(S, INPUTS, x, ORDER);
                    FloatVector x1 = FloatVector.fromMemorySegment(S, INPUTS, x + BYTES, ORDER);
                    FloatVector x2 = FloatVector.fromMemorySegment(S, INPUTS, x + 2 * BYTES, ORDER);
                    FloatVector x3 = FloatVector.fromMemorySegment(S, INPUTS, x + 3 * BYTES, ORDER);
                    FloatVector w0 = FloatVector.broadcast(S, values[v]);
                    s00 = w0.fma(x0, s00);
                    s01 = w0.fma(x1, s01);
                    s02 = w0.fma(x2, s02);
                    s03 = w0.fma(x3, s03);
                    FloatVector w1 = FloatVector.broadcast(S, values[v + 1]);
                    s10 = w1.fma(x0, s10);
                    s11 = w1.fma(x1, s11);
                    s12 = w1.fma(x2, s12);
                    s13 = w1.fma(x3, s13);
                    FloatVector w2 = FloatVector.broadcast(S, values[v + 2]);
                    s20 = w2.fma(x0, s20);
                    s21 = w2.fma(x1, s21);
                    s22 = w2.fma(x2, s22);
                    s23 = w2.fma(x3, s23);
                    FloatVector w3 = FloatVector.broadcast(S, values[v + 3]);
                    s30 = w3.fma(x0, s30);
                    s31 = w3.fma(x1, s31);
                    s32 = w3.fma(x2, s32);
                    s33 = w3.fma(x3, s33);
                }
                s00.intoMemorySegment(SUMS, sum, ORDER);
                s01.intoMemorySegment(SUMS, sum + BYTES, ORDER);
                s02.intoMemorySegment(SUMS, sum + 2 * BYTES, ORDER);
                s03.intoMemorySegment(SUMS, sum + 3 * BYTES, ORDER);
                s10.intoMemorySegment(SUMS, sum + 4 * BYTES, ORDER);
                s11.intoMemorySegment(SUMS, sum + 5 * BYTES, ORDER);
                s12.intoMemorySegment(SUMS, sum + 6 * BYTES, ORDER);
                s13.intoMemorySegment(SUMS, sum + 7 * BYTES, ORDER);
                s20.intoMemorySegment(SUMS, sum + 8 * BYTES, ORDER);
                s21.intoMemorySegment(SUMS, sum + 9 * BYTES, ORDER);
                s22.intoMemorySegment(SUMS, sum + 10 * BYTES, ORDER);
                s23.intoMemorySegment(SUMS, sum + 11 * BYTES, ORDER);
                s30.intoMemorySegment(SUMS, sum + 12 * BYTES, ORDER);
                s31.intoMemorySegment(SUMS, sum + 13 * BYTES, ORDER);
                s32.intoMemorySegment(SUMS, sum + 14 * BYTES, ORDER);
                s33.intoMemorySegment(SUMS, sum + 15 * BYTES, ORDER);
            }
        }
    }

    /** Adds a block of columns to the sums of some rows, 3 vectors of samples. */
    static void three(int slot, int height, int first, int rows, int[] offsets, int at, char[] columns, float[] values)
            {
        long inputs = OffHeapScratch.inputs(slot);
        long sums = OffHeapScratch.sums(slot);
        for (int r = 0; r < rows; r += 4) {
            int block = at + (first + r) / height;
            int end = offsets[block + 1];
            int p = offsets[block];
            if (p < end) {
                int v = p * height + r % height;
                long sum = sums + (r & LAST_ROW) * (3 * BYTES);
                FloatVector s00 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s01 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                FloatVector s02 = FloatVector.fromMemorySegment(S, SUMS, sum + 2 * BYTES, ORDER);
                FloatVector s10 = FloatVector.fromMemorySegment(S, SUMS, sum + 3 * BYTES, ORDER);
                FloatVector s11 = FloatVector.fromMemorySegment(S, SUMS, sum + 4 * BYTES, ORDER);
                FloatVector s12 = FloatVector.fromMemorySegment(S, SUMS, sum + 5 * BYTES, ORDER);
                FloatVector s20 = FloatVector.fromMemorySegment(S, SUMS, sum + 6 * BYTES, ORDER);
                FloatVector s21 = FloatVector.fromMemorySegment(S, SUMS, sum + 7 * BYTES, ORDER);
                FloatVector s22 = FloatVector.fromMemorySegment(S, SUMS, sum + 8 * BYTES, ORDER);
                FloatVector s30 = FloatVector.fromMemorySegment(S, SUMS, sum + 9 * BYTES, ORDER);
                FloatVector s31 = FloatVector.fromMemorySegment(S, SUMS, sum + 10 * BYTES, ORDER);
                FloatVector s32 = FloatVector.fromMemorySegment(S, SUMS, sum + 11 * BYTES, ORDER);
                for (; p < end; p++, v += height) {
                    long x = inputs + (columns[p] & LAST_COLUMN) * (3 * BYTES);
                    FloatVector x0 = FloatVector.fromMemorySegment(S, INPUTS, x, ORDER);
                    FloatVector x1 = FloatVector.fromMemorySegment(S, INPUTS, x + BYTES, ORDER);
                    FloatVector x2 = FloatVector.fromMemorySegment(S, INPUTS, x + 2 * BYTES, ORDER);
                    FloatVector w0 = FloatVector.broadcast(S, values[v]);
                    s00 = w0.fma(x0, s00);
                    s01 = w0.fma(x1, s01);
                    s02 = w0.fma(x2, s02);
                    FloatVector w1 = FloatVector.broadcast(S, values[v + 1]);
                    s10 = w1.fma(x0, s10);
                    s11 = w1.fma(x1, s11);
                    s12 = w1.fma(x2, s12);
                    FloatVector w2 = FloatVector.broadcast(S, values[v + 2]);
                    s20 = w2.fma(x0, s20);
                    s21 = w2.fma(x1, s21);
                    s22 = w2.fma(x2, s22);
                    FloatVector w3 = FloatVector.broadcast(S, values[v + 3]);
                    s30 = w3.fma(x0, s30);
                    s31 = w3.fma(x1, s31);
                    s32 = w3.fma(x2, s32);
                }
                s00.intoMemorySegment(SUMS, sum, ORDER);
                s01.intoMemorySegment(SUMS, sum + BYTES, ORDER);
                s02.intoMemorySegment(SUMS, sum + 2 * BYTES, ORDER);
                s10.intoMemorySegment(SUMS, sum + 3 * BYTES, ORDER);
                s11.intoMemorySegment(SUMS, sum + 4 * BYTES, ORDER);
                s12.intoMemorySegment(SUMS, sum + 5 * BYTES, ORDER);
                s20.intoMemorySegment(SUMS, sum + 6 * BYTES, ORDER);
                s21.intoMemorySegment(SUMS, sum + 7 * BYTES, ORDER);
                s22.intoMemorySegment(SUMS, sum + 8 * BYTES, ORDER);
                s30.intoMemorySegment(SUMS, sum + 9 * BYTES, ORDER);
                s31.intoMemorySegment(SUMS, sum + 10 * BYTES, ORDER);
                s32.intoMemorySegment(SUMS, sum + 11 * BYTES, ORDER);
            }
        }
    }

    /** Adds a block of columns to the sums of some rows, 2 vectors of samples. */
    static void two(int slot, int height, int first, int rows, int[] offsets, int at, char[] columns, float[] values) {
        long inputs = OffHeapScratch.inputs(slot);
        long sums = OffHeapScratch.sums(slot);
        for (int r = 0; r < rows; r += 4) {
            int block = at + (first + r) / height;
            int end = offsets[block + 1];
            int p = offsets[block];
            if (p < end) {
                int v = p * height + r % height;
                long sum = sums + ((long) (r & LAST_ROW) << OffHeapScratch.TWO);
                FloatVector s00 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s01 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                FloatVector s10 = FloatVector.fromMemorySegment(S, SUMS, sum + 2 * BYTES, ORDER);
                FloatVector s11 = FloatVector.fromMemorySegment(S, SUMS, sum + 3 * BYTES, ORDER);
                FloatVector s20 = FloatVector.fromMemorySegment(S, SUMS, sum + 4 * BYTES, ORDER);
                FloatVector s21 = FloatVector.fromMemorySegment(S, SUMS, sum + 5 * BYTES, ORDER);
                FloatVector s30 = FloatVector.fromMemorySegment(S, SUMS, sum + 6 * BYTES, ORDER);
                FloatVector s31 = FloatVector.fromMemorySegment(S, SUMS, sum + 7 * BYTES, ORDER);
                for (; p < end; p++, v += height) {
                    long x = inputs + ((long) (columns[p] & LAST_COLUMN) << OffHeapScratch.TWO);
                    FloatVector x0 = FloatVector.fromMemorySegment(S, INPUTS, x, ORDER);
                    FloatVector x1 = FloatVector.fromMemorySegment(S, INPUTS, x + BYTES, ORDER);
                    FloatVector w0 = FloatVector.broadcast(S, values[v]);
                    s00 = w0.fma(x0, s00);
                    s01 = w0.fma(x1, s01);
                    FloatVector w1 = FloatVector.broadcast(S, values[v + 1]);
                    s10 = w1.fma(x0, s10);
                    s11 = w1.fma(x1, s11);
                    FloatVector w2 = FloatVector.broadcast(S, values[v + 2]);
                    s20 = w2.fma(x0, s20);
                    s21 = w2.fma(x1, s21);
                    FloatVector w3 = FloatVector.broadcast(S, values[v + 3]);
                    s30 = w3.fma(x0, s30);
                    s31 = w3.fma(x1, s31);
                }
                s00.intoMemorySegment(SUMS, sum, ORDER);
                s01.intoMemorySegment(SUMS, sum + BYTES, ORDER);
                s10.intoMemorySegment(SUMS, sum + 2 * BYTES, ORDER);
                s11.intoMemorySegment(SUMS, sum + 3 * BYTES, ORDER);
                s20.intoMemorySegment(SUMS, sum + 4 * BYTES, ORDER);
                s21.intoMemorySegment(SUMS, sum + 5 * BYTES, ORDER);
                s30.intoMemorySegment(SUMS, sum + 6 * BYTES, ORDER);
                s31.intoMemorySegment(SUMS, sum + 7 * BYTES, ORDER);
            }
        }
    }

    /** Adds a block of columns to the sums of some rows, 1 vector of samples. */
    static void one(int slot, int height, int first, int rows, int[] offsets, int at, char[] columns, float[] values) {
        long inputs = OffHeapScratch.inputs(slot);
        long sums = OffHeapScratch.sums(slot);
        for (int r = 0; r < rows; r += 4) {
            int block = at + (first + r) / height;
            int end = offsets[block + 1];
            int p = offsets[block];
            if (p < end) {
                int v = p * height + r % height;
                long sum = sums + ((long) (r & LAST_ROW) << OffHeapScratch.ONE);
                FloatVector s00 = FloatVector.fromMemorySegment(S, SUMS, sum, ORDER);
                FloatVector s10 = FloatVector.fromMemorySegment(S, SUMS, sum + BYTES, ORDER);
                FloatVector s20 = FloatVector.fromMemorySegment(S, SUMS, sum + 2 * BYTES, ORDER);
                FloatVector s30 = FloatVector.fromMemorySegment(S, SUMS, sum + 3 * BYTES, ORDER);
                for (; p < end; p++, v += height) {
                    long x = inputs + ((long) (columns[p] & LAST_COLUMN) << OffHeapScratch.ONE);
                    FloatVector x0 = FloatVector.fromMemorySegment(S, INPUTS, x, ORDER);
                    FloatVector w0 = FloatVector.broadcast(S, values[v]);
                    s00 = w0.fma(x0, s00);
                    FloatVector w1 = FloatVector.broadcast(S, values[v + 1]);
                    s10 = w1.fma(x0, s10);
                    FloatVector w2 = FloatVector.broadcast(S, values[v + 2]);
                    s20 = w2.fma(x0, s20);
                    FloatVector w3 = FloatVector.broadcast(S, values[v + 3]);
                    s30 = w3.fma(x0, s30);
                }
                s00.intoMemorySegment(SUMS, sum, ORDER);
                s10.intoMemorySegment(SUMS, sum + BYTES, ORDER);
                s20.intoMemorySegment(SUMS, sum + 2 * BYTES, ORDER);
                s30.intoMemorySegment(SUMS, sum + 3 * BYTES, ORDER);
            }
        }
    }
}
