package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposition of 16 × 16 blocks into the inputs of {@link VectorSparseSlots} and out of its sums, as {@link
 * VectorTranspose512} does between arrays. Offsets are masked, as everywhere with slots, and half a block is written at
 * a time: a loop that writes a whole one is too large for the compiler.
 */
final class VectorSparseTranspose512 {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MemorySegment INPUTS = VectorSparseSlots.INPUTS;
    private static final MemorySegment SUMS = VectorSparseSlots.SUMS;
    private static final long LAST_INPUT = VectorSparseSlots.INPUT_BYTES - 64;
    private static final long LAST_SUM = VectorSparseSlots.SUM_BYTES - 1;

    private static final IntVector LOW4 = VectorTranspose512.LOW4;
    private static final IntVector HIGH4 = VectorTranspose512.HIGH4;
    private static final IntVector LOW2 = VectorTranspose512.LOW2;
    private static final IntVector HIGH2 = VectorTranspose512.HIGH2;
    private static final IntVector LOW1 = VectorTranspose512.LOW1;
    private static final IntVector HIGH1 = VectorTranspose512.HIGH1;

    /** What the first round picks for the lower half of the results, then for the upper. */
    private static final int[] PICKS = new int[32];

    static {
        VectorTranspose512.LOW8.intoArray(PICKS, 0);
        VectorTranspose512.HIGH8.intoArray(PICKS, 16);
    }

    private VectorSparseTranspose512() {}

    /**
     * At least 16 columns of {@code rows} ≤ 16 rows of x: column c goes to the 16 lanes of the inputs at byte {@code at
     * + c * line}. Lanes from {@code rows} on repeat the last row.
     */
    static void in(int rows, int cols, float[] x, int xo, int ldx, long at, long line) {
        int last = rows - 1;
        int x1 = xo + Math.min(1, last) * ldx;
        int x2 = xo + Math.min(2, last) * ldx;
        int x3 = xo + Math.min(3, last) * ldx;
        int x4 = xo + Math.min(4, last) * ldx;
        int x5 = xo + Math.min(5, last) * ldx;
        int x6 = xo + Math.min(6, last) * ldx;
        int x7 = xo + Math.min(7, last) * ldx;
        int x8 = xo + Math.min(8, last) * ldx;
        int x9 = xo + Math.min(9, last) * ldx;
        int x10 = xo + Math.min(10, last) * ldx;
        int x11 = xo + Math.min(11, last) * ldx;
        int x12 = xo + Math.min(12, last) * ldx;
        int x13 = xo + Math.min(13, last) * ldx;
        int x14 = xo + Math.min(14, last) * ldx;
        int x15 = xo + Math.min(15, last) * ldx;
        // the last block of columns is moved back to end with the row, and repeats what it shares with the one before
        for (int half = 0; half < (cols + 15 & -16); half += 8) {
            int c = Math.min(half & -16, cols - 16);
            long to = at + (c + (half & 8)) * line;
            IntVector pick = IntVector.fromArray(I, PICKS, 2 * (half & 8));
            IntVector a0 = FloatVector.fromArray(S, x, xo + c).reinterpretAsInts();
            IntVector a1 = FloatVector.fromArray(S, x, x1 + c).reinterpretAsInts();
            IntVector a2 = FloatVector.fromArray(S, x, x2 + c).reinterpretAsInts();
            IntVector a3 = FloatVector.fromArray(S, x, x3 + c).reinterpretAsInts();
            IntVector a4 = FloatVector.fromArray(S, x, x4 + c).reinterpretAsInts();
            IntVector a5 = FloatVector.fromArray(S, x, x5 + c).reinterpretAsInts();
            IntVector a6 = FloatVector.fromArray(S, x, x6 + c).reinterpretAsInts();
            IntVector a7 = FloatVector.fromArray(S, x, x7 + c).reinterpretAsInts();
            IntVector a8 = FloatVector.fromArray(S, x, x8 + c).reinterpretAsInts();
            IntVector a9 = FloatVector.fromArray(S, x, x9 + c).reinterpretAsInts();
            IntVector a10 = FloatVector.fromArray(S, x, x10 + c).reinterpretAsInts();
            IntVector a11 = FloatVector.fromArray(S, x, x11 + c).reinterpretAsInts();
            IntVector a12 = FloatVector.fromArray(S, x, x12 + c).reinterpretAsInts();
            IntVector a13 = FloatVector.fromArray(S, x, x13 + c).reinterpretAsInts();
            IntVector a14 = FloatVector.fromArray(S, x, x14 + c).reinterpretAsInts();
            IntVector a15 = FloatVector.fromArray(S, x, x15 + c).reinterpretAsInts();
            IntVector b0 = pick.selectFrom(a0, a8);
            IntVector b1 = pick.selectFrom(a1, a9);
            IntVector b2 = pick.selectFrom(a2, a10);
            IntVector b3 = pick.selectFrom(a3, a11);
            IntVector b4 = pick.selectFrom(a4, a12);
            IntVector b5 = pick.selectFrom(a5, a13);
            IntVector b6 = pick.selectFrom(a6, a14);
            IntVector b7 = pick.selectFrom(a7, a15);
            IntVector c0 = LOW4.selectFrom(b0, b4);
            IntVector c4 = HIGH4.selectFrom(b0, b4);
            IntVector c1 = LOW4.selectFrom(b1, b5);
            IntVector c5 = HIGH4.selectFrom(b1, b5);
            IntVector c2 = LOW4.selectFrom(b2, b6);
            IntVector c6 = HIGH4.selectFrom(b2, b6);
            IntVector c3 = LOW4.selectFrom(b3, b7);
            IntVector c7 = HIGH4.selectFrom(b3, b7);
            IntVector d0 = LOW2.selectFrom(c0, c2);
            IntVector d2 = HIGH2.selectFrom(c0, c2);
            IntVector d1 = LOW2.selectFrom(c1, c3);
            IntVector d3 = HIGH2.selectFrom(c1, c3);
            IntVector d4 = LOW2.selectFrom(c4, c6);
            IntVector d6 = HIGH2.selectFrom(c4, c6);
            IntVector d5 = LOW2.selectFrom(c5, c7);
            IntVector d7 = HIGH2.selectFrom(c5, c7);
            IntVector e0 = LOW1.selectFrom(d0, d1);
            IntVector e1 = HIGH1.selectFrom(d0, d1);
            IntVector e2 = LOW1.selectFrom(d2, d3);
            IntVector e3 = HIGH1.selectFrom(d2, d3);
            IntVector e4 = LOW1.selectFrom(d4, d5);
            IntVector e5 = HIGH1.selectFrom(d4, d5);
            IntVector e6 = LOW1.selectFrom(d6, d7);
            IntVector e7 = HIGH1.selectFrom(d6, d7);
            e0.reinterpretAsFloats().intoMemorySegment(INPUTS, to & LAST_INPUT, ORDER);
            e1.reinterpretAsFloats().intoMemorySegment(INPUTS, (to + line) & LAST_INPUT, ORDER);
            e2.reinterpretAsFloats().intoMemorySegment(INPUTS, (to + 2 * line) & LAST_INPUT, ORDER);
            e3.reinterpretAsFloats().intoMemorySegment(INPUTS, (to + 3 * line) & LAST_INPUT, ORDER);
            e4.reinterpretAsFloats().intoMemorySegment(INPUTS, (to + 4 * line) & LAST_INPUT, ORDER);
            e5.reinterpretAsFloats().intoMemorySegment(INPUTS, (to + 5 * line) & LAST_INPUT, ORDER);
            e6.reinterpretAsFloats().intoMemorySegment(INPUTS, (to + 6 * line) & LAST_INPUT, ORDER);
            e7.reinterpretAsFloats().intoMemorySegment(INPUTS, (to + 7 * line) & LAST_INPUT, ORDER);
        }
    }

    /**
     * Writes activation(sums + bias) of 16 samples and at least 16 rows, where the activation is a maximum: row r, at
     * byte {@code at + r * line} of the sums, to {@code y[yo + r]} for the first sample, the others {@code ldy} apart.
     *
     * @param bias for the row r, {@code bias[bo + r]}, or null
     */
    static void out(int rows, long at, long line, float[] bias, int bo, float floor, float[] y, int yo, int ldy) {
        for (int half = 0; half < (rows + 15 & -16); half += 8) {
            int r = Math.min(half & -16, rows - 16);
            long from = at + r * line;
            int to = yo + r + (half & 8) * ldy;
            IntVector pick = IntVector.fromArray(I, PICKS, 2 * (half & 8));
            // adding −0 changes nothing
            FloatVector b = bias == null ? FloatVector.broadcast(S, -0f) : FloatVector.fromArray(S, bias, bo + r);
            IntVector a0 = IntVector.fromMemorySegment(I, SUMS, from & LAST_SUM, ORDER);
            IntVector a1 = IntVector.fromMemorySegment(I, SUMS, (from + line) & LAST_SUM, ORDER);
            IntVector a2 = IntVector.fromMemorySegment(I, SUMS, (from + 2 * line) & LAST_SUM, ORDER);
            IntVector a3 = IntVector.fromMemorySegment(I, SUMS, (from + 3 * line) & LAST_SUM, ORDER);
            IntVector a4 = IntVector.fromMemorySegment(I, SUMS, (from + 4 * line) & LAST_SUM, ORDER);
            IntVector a5 = IntVector.fromMemorySegment(I, SUMS, (from + 5 * line) & LAST_SUM, ORDER);
            IntVector a6 = IntVector.fromMemorySegment(I, SUMS, (from + 6 * line) & LAST_SUM, ORDER);
            IntVector a7 = IntVector.fromMemorySegment(I, SUMS, (from + 7 * line) & LAST_SUM, ORDER);
            IntVector a8 = IntVector.fromMemorySegment(I, SUMS, (from + 8 * line) & LAST_SUM, ORDER);
            IntVector a9 = IntVector.fromMemorySegment(I, SUMS, (from + 9 * line) & LAST_SUM, ORDER);
            IntVector a10 = IntVector.fromMemorySegment(I, SUMS, (from + 10 * line) & LAST_SUM, ORDER);
            IntVector a11 = IntVector.fromMemorySegment(I, SUMS, (from + 11 * line) & LAST_SUM, ORDER);
            IntVector a12 = IntVector.fromMemorySegment(I, SUMS, (from + 12 * line) & LAST_SUM, ORDER);
            IntVector a13 = IntVector.fromMemorySegment(I, SUMS, (from + 13 * line) & LAST_SUM, ORDER);
            IntVector a14 = IntVector.fromMemorySegment(I, SUMS, (from + 14 * line) & LAST_SUM, ORDER);
            IntVector a15 = IntVector.fromMemorySegment(I, SUMS, (from + 15 * line) & LAST_SUM, ORDER);
            IntVector b0 = pick.selectFrom(a0, a8);
            IntVector b1 = pick.selectFrom(a1, a9);
            IntVector b2 = pick.selectFrom(a2, a10);
            IntVector b3 = pick.selectFrom(a3, a11);
            IntVector b4 = pick.selectFrom(a4, a12);
            IntVector b5 = pick.selectFrom(a5, a13);
            IntVector b6 = pick.selectFrom(a6, a14);
            IntVector b7 = pick.selectFrom(a7, a15);
            IntVector c0 = LOW4.selectFrom(b0, b4);
            IntVector c4 = HIGH4.selectFrom(b0, b4);
            IntVector c1 = LOW4.selectFrom(b1, b5);
            IntVector c5 = HIGH4.selectFrom(b1, b5);
            IntVector c2 = LOW4.selectFrom(b2, b6);
            IntVector c6 = HIGH4.selectFrom(b2, b6);
            IntVector c3 = LOW4.selectFrom(b3, b7);
            IntVector c7 = HIGH4.selectFrom(b3, b7);
            IntVector d0 = LOW2.selectFrom(c0, c2);
            IntVector d2 = HIGH2.selectFrom(c0, c2);
            IntVector d1 = LOW2.selectFrom(c1, c3);
            IntVector d3 = HIGH2.selectFrom(c1, c3);
            IntVector d4 = LOW2.selectFrom(c4, c6);
            IntVector d6 = HIGH2.selectFrom(c4, c6);
            IntVector d5 = LOW2.selectFrom(c5, c7);
            IntVector d7 = HIGH2.selectFrom(c5, c7);
            IntVector e0 = LOW1.selectFrom(d0, d1);
            IntVector e1 = HIGH1.selectFrom(d0, d1);
            IntVector e2 = LOW1.selectFrom(d2, d3);
            IntVector e3 = HIGH1.selectFrom(d2, d3);
            IntVector e4 = LOW1.selectFrom(d4, d5);
            IntVector e5 = HIGH1.selectFrom(d4, d5);
            IntVector e6 = LOW1.selectFrom(d6, d7);
            IntVector e7 = HIGH1.selectFrom(d6, d7);
            e0.reinterpretAsFloats().add(b).max(floor).intoArray(y, to);
            e1.reinterpretAsFloats().add(b).max(floor).intoArray(y, to + ldy);
            e2.reinterpretAsFloats().add(b).max(floor).intoArray(y, to + 2 * ldy);
            e3.reinterpretAsFloats().add(b).max(floor).intoArray(y, to + 3 * ldy);
            e4.reinterpretAsFloats().add(b).max(floor).intoArray(y, to + 4 * ldy);
            e5.reinterpretAsFloats().add(b).max(floor).intoArray(y, to + 5 * ldy);
            e6.reinterpretAsFloats().add(b).max(floor).intoArray(y, to + 6 * ldy);
            e7.reinterpretAsFloats().add(b).max(floor).intoArray(y, to + 7 * ldy);
        }
    }
}
