package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Transposition of strips of 16 rows in registers, 16 x 16 floats at a time.
 *
 * <p>Idea: exchange the off-diagonal halves of the block, then those of its four quarters, and so on: log2 16 = 4
 * rounds, in each of which a pair of rows becomes a new pair by two permutations that pick lanes from both. Floats
 * pass as ints, for which a permutation of two vectors is one instruction. Between arrays and {@link
 * OffHeapScratch}, offsets are masked and half a block is written at a time: a loop that writes a whole one is too
 * large for the compiler. The last block of columns is moved back to end with the row.
 */
final class VectorTranspose512 {
    static final IntVector LOW8 = lanes(8, 0);
    static final IntVector HIGH8 = lanes(8, 8);
    static final IntVector LOW4 = lanes(4, 0);
    static final IntVector HIGH4 = lanes(4, 4);
    static final IntVector LOW2 = lanes(2, 0);
    static final IntVector HIGH2 = lanes(2, 2);
    static final IntVector LOW1 = lanes(1, 0);
    static final IntVector HIGH1 = lanes(1, 1);

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
    private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** What the first round picks for the lower half of the results, then for the upper. */
    private static final int[] PICKS = new int[32];

    static {
        LOW8.intoArray(PICKS, 0);
        HIGH8.intoArray(PICKS, 16);
    }

    private VectorTranspose512() {}

    /** For rows r and r + distance: lanes without the distance bit from the first, the others from the second. */
    private static IntVector lanes(int distance, int shift) {
        int[] from = new int[16];
        for (int j = 0; j < 16; j++) {
            from[j] = (j & distance) == 0 ? j + shift : 16 + j - distance + shift;
        }
        return IntVector.fromArray(IntVector.SPECIES_512, from, 0);
    }

    /**
     * y[c][r] = x[r][c] for {@code rows} ≤ 16 rows and at least 16 columns. Sixteen lanes of every row of y are
     * written: those from {@code rows} on repeat the last row of x.
     */
    static void strip(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
        blocks(rows, 0, cols & -16, x, xo, ldx, y, yo, ldy);
        if ((cols & 15) != 0) {
            blocks(rows, cols - 16, cols, x, xo, ldx, y, yo, ldy);
        }
    }

    private static void blocks(int rows, int first, int end, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
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
        for (int c = first; c < end; c += 16) {
            int to = yo + c * ldy;
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
            IntVector b0 = LOW8.selectFrom(a0, a8);
            IntVector b8 = HIGH8.selectFrom(a0, a8);
            IntVector b1 = LOW8.selectFrom(a1, a9);
            IntVector b9 = HIGH8.selectFrom(a1, a9);
            IntVector b2 = LOW8.selectFrom(a2, a10);
            IntVector b10 = HIGH8.selectFrom(a2, a10);
            IntVector b3 = LOW8.selectFrom(a3, a11);
            IntVector b11 = HIGH8.selectFrom(a3, a11);
            IntVector b4 = LOW8.selectFrom(a4, a12);
            IntVector b12 = HIGH8.selectFrom(a4, a12);
            IntVector b5 = LOW8.selectFrom(a5, a13);
            IntVector b13 = HIGH8.selectFrom(a5, a13);
            IntVector b6 = LOW8.selectFrom(a6, a14);
            IntVector b14 = HIGH8.selectFrom(a6, a14);
            IntVector b7 = LOW8.selectFrom(a7, a15);
            IntVector b15 = HIGH8.selectFrom(a7, a15);
            IntVector c0 = LOW4.selectFrom(b0, b4);
            IntVector c4 = HIGH4.selectFrom(b0, b4);
            IntVector c1 = LOW4.selectFrom(b1, b5);
            IntVector c5 = HIGH4.selectFrom(b1, b5);
            IntVector c2 = LOW4.selectFrom(b2, b6);
            IntVector c6 = HIGH4.selectFrom(b2, b6);
            IntVector c3 = LOW4.selectFrom(b3, b7);
            IntVector c7 = HIGH4.selectFrom(b3, b7);
            IntVector c8 = LOW4.selectFrom(b8, b12);
            IntVector c12 = HIGH4.selectFrom(b8, b12);
            IntVector c9 = LOW4.selectFrom(b9, b13);
            IntVector c13 = HIGH4.selectFrom(b9, b13);
            IntVector c10 = LOW4.selectFrom(b10, b14);
            IntVector c14 = HIGH4.selectFrom(b10, b14);
            IntVector c11 = LOW4.selectFrom(b11, b15);
            IntVector c15 = HIGH4.selectFrom(b11, b15);
            IntVector d0 = LOW2.selectFrom(c0, c2);
            IntVector d2 = HIGH2.selectFrom(c0, c2);
            IntVector d1 = LOW2.selectFrom(c1, c3);
            IntVector d3 = HIGH2.selectFrom(c1, c3);
            IntVector d4 = LOW2.selectFrom(c4, c6);
            IntVector d6 = HIGH2.selectFrom(c4, c6);
            IntVector d5 = LOW2.selectFrom(c5, c7);
            IntVector d7 = HIGH2.selectFrom(c5, c7);
            IntVector d8 = LOW2.selectFrom(c8, c10);
            IntVector d10 = HIGH2.selectFrom(c8, c10);
            IntVector d9 = LOW2.selectFrom(c9, c11);
            IntVector d11 = HIGH2.selectFrom(c9, c11);
            IntVector d12 = LOW2.selectFrom(c12, c14);
            IntVector d14 = HIGH2.selectFrom(c12, c14);
            IntVector d13 = LOW2.selectFrom(c13, c15);
            IntVector d15 = HIGH2.selectFrom(c13, c15);
            IntVector e0 = LOW1.selectFrom(d0, d1);
            IntVector e1 = HIGH1.selectFrom(d0, d1);
            IntVector e2 = LOW1.selectFrom(d2, d3);
            IntVector e3 = HIGH1.selectFrom(d2, d3);
            IntVector e4 = LOW1.selectFrom(d4, d5);
            IntVector e5 = HIGH1.selectFrom(d4, d5);
            IntVector e6 = LOW1.selectFrom(d6, d7);
            IntVector e7 = HIGH1.selectFrom(d6, d7);
            IntVector e8 = LOW1.selectFrom(d8, d9);
            IntVector e9 = HIGH1.selectFrom(d8, d9);
            IntVector e10 = LOW1.selectFrom(d10, d11);
            IntVector e11 = HIGH1.selectFrom(d10, d11);
            IntVector e12 = LOW1.selectFrom(d12, d13);
            IntVector e13 = HIGH1.selectFrom(d12, d13);
            IntVector e14 = LOW1.selectFrom(d14, d15);
            IntVector e15 = HIGH1.selectFrom(d14, d15);
            e0.reinterpretAsFloats().intoArray(y, to);
            e1.reinterpretAsFloats().intoArray(y, to + ldy);
            e2.reinterpretAsFloats().intoArray(y, to + 2 * ldy);
            e3.reinterpretAsFloats().intoArray(y, to + 3 * ldy);
            e4.reinterpretAsFloats().intoArray(y, to + 4 * ldy);
            e5.reinterpretAsFloats().intoArray(y, to + 5 * ldy);
            e6.reinterpretAsFloats().intoArray(y, to + 6 * ldy);
            e7.reinterpretAsFloats().intoArray(y, to + 7 * ldy);
            e8.reinterpretAsFloats().intoArray(y, to + 8 * ldy);
            e9.reinterpretAsFloats().intoArray(y, to + 9 * ldy);
            e10.reinterpretAsFloats().intoArray(y, to + 10 * ldy);
            e11.reinterpretAsFloats().intoArray(y, to + 11 * ldy);
            e12.reinterpretAsFloats().intoArray(y, to + 12 * ldy);
            e13.reinterpretAsFloats().intoArray(y, to + 13 * ldy);
            e14.reinterpretAsFloats().intoArray(y, to + 14 * ldy);
            e15.reinterpretAsFloats().intoArray(y, to + 15 * ldy);
        }
    }

    /**
     * At least 16 columns of {@code rows} ≤ 16 rows of x: column c goes to the 16 lanes of the inputs at byte {@code
     * at + c * line}. Lanes from {@code rows} on repeat the last row.
     */
    static void in(int rows, int cols, float[] x, int xo, int ldx, long at, long line) {
        in(rows, 0, cols & -16, 0, x, xo, ldx, at, line);
        in(rows, 0, cols & -16, 8, x, xo, ldx, at, line);
        if ((cols & 15) != 0) {
            in(rows, cols - 16, cols, 0, x, xo, ldx, at, line);
            in(rows, cols - 16, cols, 8, x, xo, ldx, at, line);
        }
    }

    private static void in(int rows, int first, int end, int half, float[] x, int xo, int ldx, long at, long line) {
        MemorySegment inputs = OffHeapScratch.INPUTS;
        long lastInput = OffHeapScratch.INPUT_BYTES - 64;
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
        IntVector pick = IntVector.fromArray(I, PICKS, 2 * half);
        for (int c = first; c < end; c += 16) {
            long to = at + (c + half) * line;
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
            e0.reinterpretAsFloats().intoMemorySegment(inputs, to & lastInput, ORDER);
            e1.reinterpretAsFloats().intoMemorySegment(inputs, to + line & lastInput, ORDER);
            e2.reinterpretAsFloats().intoMemorySegment(inputs, to + 2 * line & lastInput, ORDER);
            e3.reinterpretAsFloats().intoMemorySegment(inputs, to + 3 * line & lastInput, ORDER);
            e4.reinterpretAsFloats().intoMemorySegment(inputs, to + 4 * line & lastInput, ORDER);
            e5.reinterpretAsFloats().intoMemorySegment(inputs, to + 5 * line & lastInput, ORDER);
            e6.reinterpretAsFloats().intoMemorySegment(inputs, to + 6 * line & lastInput, ORDER);
            e7.reinterpretAsFloats().intoMemorySegment(inputs, to + 7 * line & lastInput, ORDER);
        }
    }

    /**
     * Writes max(sums + bias, floor) of 16 samples and at least 16 rows: row r, at byte {@code at + r * line} of the
     * sums, to {@code y[yo + r]} for the first sample, the others {@code ldy} apart.
     *
     * @param bias for the row r, {@code bias[bo + r]}, or null
     */
    static void out(int rows, long at, long line, float[] bias, int bo, float floor, float[] y, int yo, int ldy) {
        out(0, rows & -16, 0, at, line, bias, bo, floor, y, yo, ldy);
        out(0, rows & -16, 8, at, line, bias, bo, floor, y, yo, ldy);
        if ((rows & 15) != 0) {
            out(rows - 16, rows, 0, at, line, bias, bo, floor, y, yo, ldy);
            out(rows - 16, rows, 8, at, line, bias, bo, floor, y, yo, ldy);
        }
    }

    private static void out(int first, int end, int half, long at, long line, float[] bias, int bo, float floor, float[]
            y, int yo, int ldy) {
        MemorySegment sums = OffHeapScratch.SUMS;
        long lastSum = OffHeapScratch.SUM_BYTES - 1;
        IntVector pick = IntVector.fromArray(I, PICKS, 2 * half);
        int place = yo + half * ldy;
        for (int r = first; r < end; r += 16) {
            long from = at + r * line;
            int to = place + r;
            // adding -0 changes nothing
            FloatVector b = bias == null ? FloatVector.broadcast(S, -0f) : FloatVector.fromArray(S, bias, bo + r);
            IntVector a0 = IntVector.fromMemorySegment(I, sums, from & lastSum, ORDER);
            IntVector a1 = IntVector.fromMemorySegment(I, sums, from + line & lastSum, ORDER);
            IntVector a2 = IntVector.fromMemorySegment(I, sums, from + 2 * line & lastSum, ORDER);
            IntVector a3 = IntVector.fromMemorySegment(I, sums, from + 3 * line & lastSum, ORDER);
            IntVector a4 = IntVector.fromMemorySegment(I, sums, from + 4 * line & lastSum, ORDER);
            IntVector a5 = IntVector.fromMemorySegment(I, sums, from + 5 * line & lastSum, ORDER);
            IntVector a6 = IntVector.fromMemorySegment(I, sums, from + 6 * line & lastSum, ORDER);
            IntVector a7 = IntVector.fromMemorySegment(I, sums, from + 7 * line & lastSum, ORDER);
            IntVector a8 = IntVector.fromMemorySegment(I, sums, from + 8 * line & lastSum, ORDER);
            IntVector a9 = IntVector.fromMemorySegment(I, sums, from + 9 * line & lastSum, ORDER);
            IntVector a10 = IntVector.fromMemorySegment(I, sums, from + 10 * line & lastSum, ORDER);
            IntVector a11 = IntVector.fromMemorySegment(I, sums, from + 11 * line & lastSum, ORDER);
            IntVector a12 = IntVector.fromMemorySegment(I, sums, from + 12 * line & lastSum, ORDER);
            IntVector a13 = IntVector.fromMemorySegment(I, sums, from + 13 * line & lastSum, ORDER);
            IntVector a14 = IntVector.fromMemorySegment(I, sums, from + 14 * line & lastSum, ORDER);
            IntVector a15 = IntVector.fromMemorySegment(I, sums, from + 15 * line & lastSum, ORDER);
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
