package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.Kernels;

/**
 * Dot products of gradients and inputs that stand in a slot, the samples of a feature side by side. The lanes of
 * sixteen of them are collected and folded together: a round of folding turns two registers into one that holds the
 * halves of both, so sixteen results cost fifteen additions.
 */
final class VectorSddmm {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final long BYTES = (long) L * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MemorySegment INPUTS = VectorSparseSlots.INPUTS;
    private static final long LAST_INPUT = VectorSparseSlots.INPUT_BYTES - BYTES;

    private static final IntVector LOW8 = VectorTranspose512.LOW8;
    private static final IntVector HIGH8 = VectorTranspose512.HIGH8;
    private static final IntVector LOW4 = VectorTranspose512.LOW4;
    private static final IntVector HIGH4 = VectorTranspose512.HIGH4;
    private static final IntVector LOW2 = VectorTranspose512.LOW2;
    private static final IntVector HIGH2 = VectorTranspose512.HIGH2;
    private static final IntVector LOW1 = VectorTranspose512.LOW1;
    private static final IntVector HIGH1 = VectorTranspose512.HIGH1;

    private VectorSddmm() {}

    /**
     * Writes the lanes of the entries [from, to) side by side into {@code sums}.
     *
     * @param samples how many, at most 128; with what fills up sixteen lanes
     * @param strip where the rows of this block of columns begin in {@code offsets}
     * @param row a row, not behind that of the first entry
     * @param g the byte of the inputs where the gradients of row 0 begin
     * @param x the byte of the inputs where the block of columns begins
     */
    static void lanes(int samples, int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        switch (L == Kernels.LANES ? samples / L : 0) {
            case 8 -> eight(from, to, offsets, strip, row, columns, g, x, sums);
            case 7 -> seven(from, to, offsets, strip, row, columns, g, x, sums);
            case 6 -> six(from, to, offsets, strip, row, columns, g, x, sums);
            case 5 -> five(from, to, offsets, strip, row, columns, g, x, sums);
            case 4 -> four(from, to, offsets, strip, row, columns, g, x, sums);
            case 3 -> three(from, to, offsets, strip, row, columns, g, x, sums);
            case 2 -> two(from, to, offsets, strip, row, columns, g, x, sums);
            case 1 -> one(from, to, offsets, strip, row, columns, g, x, sums);
            default -> narrow(samples, from, to, offsets, strip, row, columns, g, x, sums);
        }
    }

    private static void eight(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int lanes = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long at = g + r * (8 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, at, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, at + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, at + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, at + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, at + 4 * BYTES, ORDER);
            FloatVector g5 = FloatVector.fromMemorySegment(S, INPUTS, at + 5 * BYTES, ORDER);
            FloatVector g6 = FloatVector.fromMemorySegment(S, INPUTS, at + 6 * BYTES, ORDER);
            FloatVector g7 = FloatVector.fromMemorySegment(S, INPUTS, at + 7 * BYTES, ORDER);
            for (; p < end; p++, lanes += Kernels.LANES) {
                long o = x + columns[p] * (8 * BYTES) & LAST_INPUT;
                FloatVector s = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(g5, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(g6, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(g7, s);
                s.intoArray(sums, lanes);
            }
        }
    }

    private static void seven(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int lanes = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long at = g + r * (7 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, at, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, at + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, at + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, at + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, at + 4 * BYTES, ORDER);
            FloatVector g5 = FloatVector.fromMemorySegment(S, INPUTS, at + 5 * BYTES, ORDER);
            FloatVector g6 = FloatVector.fromMemorySegment(S, INPUTS, at + 6 * BYTES, ORDER);
            for (; p < end; p++, lanes += Kernels.LANES) {
                long o = x + columns[p] * (7 * BYTES) & LAST_INPUT;
                FloatVector s = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(g5, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(g6, s);
                s.intoArray(sums, lanes);
            }
        }
    }

    private static void six(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int lanes = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long at = g + r * (6 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, at, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, at + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, at + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, at + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, at + 4 * BYTES, ORDER);
            FloatVector g5 = FloatVector.fromMemorySegment(S, INPUTS, at + 5 * BYTES, ORDER);
            for (; p < end; p++, lanes += Kernels.LANES) {
                long o = x + columns[p] * (6 * BYTES) & LAST_INPUT;
                FloatVector s = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(g5, s);
                s.intoArray(sums, lanes);
            }
        }
    }

    private static void five(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int lanes = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long at = g + r * (5 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, at, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, at + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, at + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, at + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, at + 4 * BYTES, ORDER);
            for (; p < end; p++, lanes += Kernels.LANES) {
                long o = x + columns[p] * (5 * BYTES) & LAST_INPUT;
                FloatVector s = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s);
                s.intoArray(sums, lanes);
            }
        }
    }

    private static void four(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int lanes = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long at = g + r * (4 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, at, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, at + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, at + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, at + 3 * BYTES, ORDER);
            for (; p < end; p++, lanes += Kernels.LANES) {
                long o = x + columns[p] * (4 * BYTES) & LAST_INPUT;
                FloatVector s = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s);
                s.intoArray(sums, lanes);
            }
        }
    }

    private static void three(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int lanes = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long at = g + r * (3 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, at, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, at + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, at + 2 * BYTES, ORDER);
            for (; p < end; p++, lanes += Kernels.LANES) {
                long o = x + columns[p] * (3 * BYTES) & LAST_INPUT;
                FloatVector s = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s);
                s = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s);
                s.intoArray(sums, lanes);
            }
        }
    }

    private static void two(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int lanes = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long at = g + r * (2 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, at, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, at + BYTES, ORDER);
            for (; p < end; p++, lanes += Kernels.LANES) {
                long o = x + columns[p] * (2 * BYTES) & LAST_INPUT;
                FloatVector s = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s);
                s.intoArray(sums, lanes);
            }
        }
    }

    private static void one(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int lanes = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long at = g + r * BYTES & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, at, ORDER);
            for (; p < end; p++, lanes += Kernels.LANES) {
                long o = x + columns[p] * BYTES & LAST_INPUT;
                FloatVector s = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s.intoArray(sums, lanes);
            }
        }
    }

    /** For vectors of fewer lanes: the lanes are taken a vector at a time. */
    private static void narrow(int samples, int from, int to, int[] offsets, int strip, int row, char[] columns, long g,
            long x, float[] sums) {
        long line = (long) samples * Float.BYTES;
        int r = row;
        for (int p = from; p < to; p++) {
            while (offsets[strip + r + 1] <= p) {
                r++;
            }
            for (int lane = 0; lane < Kernels.LANES; lane += L) {
                FloatVector s = FloatVector.zero(S);
                for (long j = (long) lane * Float.BYTES; j < line; j += Kernels.LANES * Float.BYTES) {
                    FloatVector a = FloatVector.fromMemorySegment(S, INPUTS, g + r * line + j, ORDER);
                    s = FloatVector.fromMemorySegment(S, INPUTS, x + columns[p] * line + j, ORDER).fma(a, s);
                }
                s.intoArray(sums, (p - from) * Kernels.LANES + lane);
            }
        }
    }

    /**
     * The sums of sixteen times sixteen lanes, which begin at {@code from}.
     *
     * @param add whether they are added to what is there
     */
    static void fold(float[] sums, int from, boolean add, float[] out, int at) {
        IntVector a0 = FloatVector.fromArray(S, sums, from).reinterpretAsInts();
        IntVector a1 = FloatVector.fromArray(S, sums, from + 16).reinterpretAsInts();
        IntVector a2 = FloatVector.fromArray(S, sums, from + 32).reinterpretAsInts();
        IntVector a3 = FloatVector.fromArray(S, sums, from + 48).reinterpretAsInts();
        IntVector a4 = FloatVector.fromArray(S, sums, from + 64).reinterpretAsInts();
        IntVector a5 = FloatVector.fromArray(S, sums, from + 80).reinterpretAsInts();
        IntVector a6 = FloatVector.fromArray(S, sums, from + 96).reinterpretAsInts();
        IntVector a7 = FloatVector.fromArray(S, sums, from + 112).reinterpretAsInts();
        IntVector a8 = FloatVector.fromArray(S, sums, from + 128).reinterpretAsInts();
        IntVector a9 = FloatVector.fromArray(S, sums, from + 144).reinterpretAsInts();
        IntVector a10 = FloatVector.fromArray(S, sums, from + 160).reinterpretAsInts();
        IntVector a11 = FloatVector.fromArray(S, sums, from + 176).reinterpretAsInts();
        IntVector a12 = FloatVector.fromArray(S, sums, from + 192).reinterpretAsInts();
        IntVector a13 = FloatVector.fromArray(S, sums, from + 208).reinterpretAsInts();
        IntVector a14 = FloatVector.fromArray(S, sums, from + 224).reinterpretAsInts();
        IntVector a15 = FloatVector.fromArray(S, sums, from + 240).reinterpretAsInts();
        IntVector b0 = LOW8.selectFrom(a0, a8).reinterpretAsFloats()
                .add(HIGH8.selectFrom(a0, a8).reinterpretAsFloats()).reinterpretAsInts();
        IntVector b1 = LOW8.selectFrom(a1, a9).reinterpretAsFloats()
                .add(HIGH8.selectFrom(a1, a9).reinterpretAsFloats()).reinterpretAsInts();
        IntVector b2 = LOW8.selectFrom(a2, a10).reinterpretAsFloats()
                .add(HIGH8.selectFrom(a2, a10).reinterpretAsFloats()).reinterpretAsInts();
        IntVector b3 = LOW8.selectFrom(a3, a11).reinterpretAsFloats()
                .add(HIGH8.selectFrom(a3, a11).reinterpretAsFloats()).reinterpretAsInts();
        IntVector b4 = LOW8.selectFrom(a4, a12).reinterpretAsFloats()
                .add(HIGH8.selectFrom(a4, a12).reinterpretAsFloats()).reinterpretAsInts();
        IntVector b5 = LOW8.selectFrom(a5, a13).reinterpretAsFloats()
                .add(HIGH8.selectFrom(a5, a13).reinterpretAsFloats()).reinterpretAsInts();
        IntVector b6 = LOW8.selectFrom(a6, a14).reinterpretAsFloats()
                .add(HIGH8.selectFrom(a6, a14).reinterpretAsFloats()).reinterpretAsInts();
        IntVector b7 = LOW8.selectFrom(a7, a15).reinterpretAsFloats()
                .add(HIGH8.selectFrom(a7, a15).reinterpretAsFloats()).reinterpretAsInts();
        IntVector c0 = LOW4.selectFrom(b0, b4).reinterpretAsFloats()
                .add(HIGH4.selectFrom(b0, b4).reinterpretAsFloats()).reinterpretAsInts();
        IntVector c1 = LOW4.selectFrom(b1, b5).reinterpretAsFloats()
                .add(HIGH4.selectFrom(b1, b5).reinterpretAsFloats()).reinterpretAsInts();
        IntVector c2 = LOW4.selectFrom(b2, b6).reinterpretAsFloats()
                .add(HIGH4.selectFrom(b2, b6).reinterpretAsFloats()).reinterpretAsInts();
        IntVector c3 = LOW4.selectFrom(b3, b7).reinterpretAsFloats()
                .add(HIGH4.selectFrom(b3, b7).reinterpretAsFloats()).reinterpretAsInts();
        IntVector d0 = LOW2.selectFrom(c0, c2).reinterpretAsFloats()
                .add(HIGH2.selectFrom(c0, c2).reinterpretAsFloats()).reinterpretAsInts();
        IntVector d1 = LOW2.selectFrom(c1, c3).reinterpretAsFloats()
                .add(HIGH2.selectFrom(c1, c3).reinterpretAsFloats()).reinterpretAsInts();
        FloatVector e0 = LOW1.selectFrom(d0, d1).reinterpretAsFloats()
                .add(HIGH1.selectFrom(d0, d1).reinterpretAsFloats());
        FloatVector before = FloatVector.fromArray(S, out, at);
        (add ? before.add(e0) : e0).intoArray(out, at);
    }
}
