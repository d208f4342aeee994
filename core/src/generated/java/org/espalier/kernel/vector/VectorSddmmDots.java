package org.espalier.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link VectorSddmm}: 16 to 128 samples on vectors of 16, 8 and 4 lanes. */
final class VectorSddmmDots {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final long BYTES = (long) L * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MemorySegment INPUTS = OffHeapScratch.INPUTS;
    private static final long LAST_INPUT = OffHeapScratch.INPUT_BYTES - BYTES;

    private VectorSddmmDots() {}

    /** One vector of sums for each entry; the arguments are those of {@link VectorSddmm#lanes}. */
    static void run(int groups, int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        switch (L * 16 + groups) {
            case 257 -> lanes16x1(from, to, offsets, strip, row, columns, g, x, sums);
            case 258 -> lanes16x2(from, to, offsets, strip, row, columns, g, x, sums);
            case 259 -> lanes16x3(from, to, offsets, strip, row, columns, g, x, sums);
            case 260 -> lanes16x4(from, to, offsets, strip, row, columns, g, x, sums);
            case 261 -> lanes16x5(from, to, offsets, strip, row, columns, g, x, sums);
            case 262 -> lanes16x6(from, to, offsets, strip, row, columns, g, x, sums);
            case 263 -> lanes16x7(from, to, offsets, strip, row, columns, g, x, sums);
            case 264 -> lanes16x8(from, to, offsets, strip, row, columns, g, x, sums);
            case 129 -> lanes8x1(from, to, offsets, strip, row, columns, g, x, sums);
            case 130 -> lanes8x2(from, to, offsets, strip, row, columns, g, x, sums);
            case 131 -> lanes8x3(from, to, offsets, strip, row, columns, g, x, sums);
            case 132 -> lanes8x4(from, to, offsets, strip, row, columns, g, x, sums);
            case 133 -> lanes8x5(from, to, offsets, strip, row, columns, g, x, sums);
            case 134 -> lanes8x6(from, to, offsets, strip, row, columns, g, x, sums);
            case 135 -> lanes8x7(from, to, offsets, strip, row, columns, g, x, sums);
            case 136 -> lanes8x8(from, to, offsets, strip, row, columns, g, x, sums);
            case 65 -> lanes4x1(from, to, offsets, strip, row, columns, g, x, sums);
            case 66 -> lanes4x2(from, to, offsets, strip, row, columns, g, x, sums);
            case 67 -> lanes4x3(from, to, offsets, strip, row, columns, g, x, sums);
            case 68 -> lanes4x4(from, to, offsets, strip, row, columns, g, x, sums);
            case 69 -> lanes4x5(from, to, offsets, strip, row, columns, g, x, sums);
            case 70 -> lanes4x6(from, to, offsets, strip, row, columns, g, x, sums);
            case 71 -> lanes4x7(from, to, offsets, strip, row, columns, g, x, sums);
            case 72 -> lanes4x8(from, to, offsets, strip, row, columns, g, x, sums);
            default -> throw new IllegalArgumentException(groups + " times 16 samples");
        }
    }

    private static void lanes16x1(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (1 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (1 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s0.intoArray(sums, at);
            }
        }
    }

    private static void lanes16x2(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (2 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (2 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s0);
                s0.intoArray(sums, at);
            }
        }
    }

    private static void lanes16x3(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (3 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (3 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s0);
                s0.intoArray(sums, at);
            }
        }
    }

    private static void lanes16x4(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (4 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (4 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s0);
                s0.intoArray(sums, at);
            }
        }
    }

    private static void lanes16x5(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (5 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, line + 4 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (5 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s0);
                s0.intoArray(sums, at);
            }
        }
    }

    private static void lanes16x6(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (6 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, line + 4 * BYTES, ORDER);
            FloatVector g5 = FloatVector.fromMemorySegment(S, INPUTS, line + 5 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (6 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(g5, s0);
                s0.intoArray(sums, at);
            }
        }
    }

    private static void lanes16x7(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (7 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, line + 4 * BYTES, ORDER);
            FloatVector g5 = FloatVector.fromMemorySegment(S, INPUTS, line + 5 * BYTES, ORDER);
            FloatVector g6 = FloatVector.fromMemorySegment(S, INPUTS, line + 6 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (7 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(g5, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(g6, s0);
                s0.intoArray(sums, at);
            }
        }
    }

    private static void lanes16x8(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (8 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, line + 4 * BYTES, ORDER);
            FloatVector g5 = FloatVector.fromMemorySegment(S, INPUTS, line + 5 * BYTES, ORDER);
            FloatVector g6 = FloatVector.fromMemorySegment(S, INPUTS, line + 6 * BYTES, ORDER);
            FloatVector g7 = FloatVector.fromMemorySegment(S, INPUTS, line + 7 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (8 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(g5, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(g6, s0);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(g7, s0);
                s0.intoArray(sums, at);
            }
        }
    }

    private static void lanes8x1(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (2 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (2 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1,
                        FloatVector.zero(S));
                s0.add(s1).intoArray(sums, at);
            }
        }
    }

    private static void lanes8x2(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (4 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (4 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1,
                        FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s1);
                s0.add(s1).intoArray(sums, at);
            }
        }
    }

    private static void lanes8x3(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (6 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, line + 4 * BYTES, ORDER);
            FloatVector g5 = FloatVector.fromMemorySegment(S, INPUTS, line + 5 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (6 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1,
                        FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(g5, s1);
                s0.add(s1).intoArray(sums, at);
            }
        }
    }

    private static void lanes8x4(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (8 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, line + 4 * BYTES, ORDER);
            FloatVector g5 = FloatVector.fromMemorySegment(S, INPUTS, line + 5 * BYTES, ORDER);
            FloatVector g6 = FloatVector.fromMemorySegment(S, INPUTS, line + 6 * BYTES, ORDER);
            FloatVector g7 = FloatVector.fromMemorySegment(S, INPUTS, line + 7 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (8 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1,
                        FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2, s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3, s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(g5, s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(g6, s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(g7, s1);
                s0.add(s1).intoArray(sums, at);
            }
        }
    }

    private static void lanes8x5(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (10 * BYTES) & LAST_INPUT;
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (10 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line, ORDER), FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER), FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 2 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 3 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 4 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 5 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 6 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 7 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 8 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 8 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 9 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 9 * BYTES, ORDER), s1);
                s0.add(s1).intoArray(sums, at);
            }
        }
    }

    private static void lanes8x6(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (12 * BYTES) & LAST_INPUT;
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (12 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line, ORDER), FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER), FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 2 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 3 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 4 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 5 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 6 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 7 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 8 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 8 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 9 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 9 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 10 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 10 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 11 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 11 * BYTES, ORDER), s1);
                s0.add(s1).intoArray(sums, at);
            }
        }
    }

    private static void lanes8x7(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (14 * BYTES) & LAST_INPUT;
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (14 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line, ORDER), FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER), FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 2 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 3 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 4 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 5 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 6 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 7 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 8 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 8 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 9 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 9 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 10 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 10 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 11 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 11 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 12 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 12 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 13 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 13 * BYTES, ORDER), s1);
                s0.add(s1).intoArray(sums, at);
            }
        }
    }

    private static void lanes8x8(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (16 * BYTES) & LAST_INPUT;
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (16 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line, ORDER), FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER), FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 2 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 3 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 4 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 5 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 6 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 7 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 8 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 8 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 9 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 9 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 10 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 10 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 11 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 11 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 12 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 12 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 13 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 13 * BYTES, ORDER), s1);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 14 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 14 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 15 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 15 * BYTES, ORDER), s1);
                s0.add(s1).intoArray(sums, at);
            }
        }
    }

    private static void lanes4x1(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (4 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (4 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1,
                        FloatVector.zero(S));
                FloatVector s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2,
                        FloatVector.zero(S));
                FloatVector s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3,
                        FloatVector.zero(S));
                s0.add(s2).add(s1.add(s3)).intoArray(sums, at);
            }
        }
    }

    private static void lanes4x2(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (8 * BYTES) & LAST_INPUT;
            FloatVector g0 = FloatVector.fromMemorySegment(S, INPUTS, line, ORDER);
            FloatVector g1 = FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER);
            FloatVector g2 = FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER);
            FloatVector g3 = FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER);
            FloatVector g4 = FloatVector.fromMemorySegment(S, INPUTS, line + 4 * BYTES, ORDER);
            FloatVector g5 = FloatVector.fromMemorySegment(S, INPUTS, line + 5 * BYTES, ORDER);
            FloatVector g6 = FloatVector.fromMemorySegment(S, INPUTS, line + 6 * BYTES, ORDER);
            FloatVector g7 = FloatVector.fromMemorySegment(S, INPUTS, line + 7 * BYTES, ORDER);
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (8 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(g0, FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES, ORDER).fma(g1,
                        FloatVector.zero(S));
                FloatVector s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES, ORDER).fma(g2,
                        FloatVector.zero(S));
                FloatVector s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES, ORDER).fma(g3,
                        FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(g4, s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(g5, s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(g6, s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(g7, s3);
                s0.add(s2).add(s1.add(s3)).intoArray(sums, at);
            }
        }
    }

    private static void lanes4x3(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (12 * BYTES) & LAST_INPUT;
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (12 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line, ORDER), FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER), FloatVector.zero(S));
                FloatVector s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER),
                        FloatVector.zero(S));
                FloatVector s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER),
                        FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 4 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 5 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 6 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 7 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 8 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 8 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 9 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 9 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 10 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 10 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 11 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 11 * BYTES, ORDER), s3);
                s0.add(s2).add(s1.add(s3)).intoArray(sums, at);
            }
        }
    }

    private static void lanes4x4(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (16 * BYTES) & LAST_INPUT;
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (16 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line, ORDER), FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER), FloatVector.zero(S));
                FloatVector s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER),
                        FloatVector.zero(S));
                FloatVector s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER),
                        FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 4 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 5 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 6 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 7 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 8 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 8 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 9 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 9 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 10 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 10 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 11 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 11 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 12 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 12 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 13 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 13 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 14 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 14 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 15 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 15 * BYTES, ORDER), s3);
                s0.add(s2).add(s1.add(s3)).intoArray(sums, at);
            }
        }
    }

    private static void lanes4x5(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (20 * BYTES) & LAST_INPUT;
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (20 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line, ORDER), FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER), FloatVector.zero(S));
                FloatVector s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER),
                        FloatVector.zero(S));
                FloatVector s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER),
                        FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 4 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 5 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 6 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 7 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 8 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 8 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 9 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 9 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 10 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 10 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 11 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 11 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 12 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 12 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 13 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 13 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 14 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 14 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 15 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 15 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 16 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 16 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 17 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 17 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 18 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 18 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 19 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 19 * BYTES, ORDER), s3);
                s0.add(s2).add(s1.add(s3)).intoArray(sums, at);
            }
        }
    }

    private static void lanes4x6(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (24 * BYTES) & LAST_INPUT;
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (24 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line, ORDER), FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER), FloatVector.zero(S));
                FloatVector s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER),
                        FloatVector.zero(S));
                FloatVector s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER),
                        FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 4 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 5 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 6 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 7 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 8 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 8 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 9 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 9 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 10 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 10 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 11 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 11 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 12 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 12 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 13 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 13 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 14 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 14 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 15 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 15 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 16 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 16 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 17 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 17 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 18 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 18 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 19 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 19 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 20 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 20 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 21 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 21 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 22 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 22 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 23 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 23 * BYTES, ORDER), s3);
                s0.add(s2).add(s1.add(s3)).intoArray(sums, at);
            }
        }
    }

    private static void lanes4x7(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (28 * BYTES) & LAST_INPUT;
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (28 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line, ORDER), FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER), FloatVector.zero(S));
                FloatVector s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER),
                        FloatVector.zero(S));
                FloatVector s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER),
                        FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 4 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 5 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 6 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 7 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 8 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 8 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 9 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 9 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 10 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 10 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 11 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 11 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 12 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 12 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 13 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 13 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 14 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 14 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 15 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 15 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 16 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 16 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 17 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 17 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 18 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 18 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 19 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 19 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 20 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 20 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 21 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 21 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 22 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 22 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 23 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 23 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 24 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 24 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 25 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 25 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 26 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 26 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 27 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 27 * BYTES, ORDER), s3);
                s0.add(s2).add(s1.add(s3)).intoArray(sums, at);
            }
        }
    }

    private static void lanes4x8(int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x,
            float[] sums) {
        int at = 0;
        for (int p = from, r = row; p < to; r++) {
            int end = Math.min(to, offsets[strip + r + 1]);
            long line = g + r * (32 * BYTES) & LAST_INPUT;
            for (; p < end; p++, at += L) {
                long o = x + columns[p] * (32 * BYTES) & LAST_INPUT;
                FloatVector s0 = FloatVector.fromMemorySegment(S, INPUTS, o, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line, ORDER), FloatVector.zero(S));
                FloatVector s1 = FloatVector.fromMemorySegment(S, INPUTS, o + BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + BYTES, ORDER), FloatVector.zero(S));
                FloatVector s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 2 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 2 * BYTES, ORDER),
                        FloatVector.zero(S));
                FloatVector s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 3 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 3 * BYTES, ORDER),
                        FloatVector.zero(S));
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 4 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 4 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 5 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 5 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 6 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 6 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 7 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 7 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 8 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 8 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 9 * BYTES, ORDER).fma(FloatVector.fromMemorySegment(S,
                        INPUTS, line + 9 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 10 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 10 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 11 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 11 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 12 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 12 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 13 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 13 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 14 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 14 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 15 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 15 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 16 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 16 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 17 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 17 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 18 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 18 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 19 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 19 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 20 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 20 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 21 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 21 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 22 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 22 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 23 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 23 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 24 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 24 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 25 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 25 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 26 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 26 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 27 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 27 * BYTES, ORDER), s3);
                s0 = FloatVector.fromMemorySegment(S, INPUTS, o + 28 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 28 * BYTES, ORDER), s0);
                s1 = FloatVector.fromMemorySegment(S, INPUTS, o + 29 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 29 * BYTES, ORDER), s1);
                s2 = FloatVector.fromMemorySegment(S, INPUTS, o + 30 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 30 * BYTES, ORDER), s2);
                s3 = FloatVector.fromMemorySegment(S, INPUTS, o + 31 * BYTES,
                        ORDER).fma(FloatVector.fromMemorySegment(S, INPUTS, line + 31 * BYTES, ORDER), s3);
                s0.add(s2).add(s1.add(s3)).intoArray(sums, at);
            }
        }
    }
}
