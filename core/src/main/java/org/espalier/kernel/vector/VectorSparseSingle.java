package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Compressed rows and blocks times one sample. */
final class VectorSparseSingle {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorSparseSingle() {}

    /** A block of columns times one vector: the chains of four rows at a time, since each waits for its last sum. */
    static void rows(int from, int to, int[] offsets, int first, char[] columns, float[] values, float[] x, int xo,
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

    /** Blocks of {@code height} rows times one vector, added to sums in whole blocks. */
    static void blocks(int height, int from, int to, int[] offsets, int at, char[] columns, float[] values, float[] x,
            int xo, float[] sums) {
        int first = from / height;
        int end = Math.ceilDiv(to, height);
        if (height == L) {
            one(first, end, offsets, at, columns, values, x, xo, sums);
        } else if (height == 2 * L) {
            two(first, end, offsets, at, columns, values, x, xo, sums);
        } else if (height == 4 * L) {
            four(first, end, offsets, at, columns, values, x, xo, sums);
        } else {
            scalars(height, first, end, offsets, at, columns, values, x, xo, sums);
        }
    }

    /** Blocks as high as a vector: four rows of blocks in lockstep, as each chain waits for its last multiply-add. */
    private static void one(int first, int end, int[] offsets, int at, char[] columns, float[] values, float[] x,
            int xo, float[] sums) {
        int b = first;
        for (; b + 4 <= end; b += 4) {
            int p0 = offsets[at + b];
            int p1 = offsets[at + b + 1];
            int p2 = offsets[at + b + 2];
            int p3 = offsets[at + b + 3];
            int last = offsets[at + b + 4];
            int common = Math.min(Math.min(p1 - p0, p2 - p1), Math.min(p3 - p2, last - p3));
            FloatVector s0 = FloatVector.fromArray(S, sums, b * L);
            FloatVector s1 = FloatVector.fromArray(S, sums, b * L + L);
            FloatVector s2 = FloatVector.fromArray(S, sums, b * L + 2 * L);
            FloatVector s3 = FloatVector.fromArray(S, sums, b * L + 3 * L);
            for (int i = 0; i < common; i++) {
                FloatVector x0 = FloatVector.broadcast(S, x[xo + columns[p0 + i]]);
                s0 = x0.fma(FloatVector.fromArray(S, values, (p0 + i) * L), s0);
                FloatVector x1 = FloatVector.broadcast(S, x[xo + columns[p1 + i]]);
                s1 = x1.fma(FloatVector.fromArray(S, values, (p1 + i) * L), s1);
                FloatVector x2 = FloatVector.broadcast(S, x[xo + columns[p2 + i]]);
                s2 = x2.fma(FloatVector.fromArray(S, values, (p2 + i) * L), s2);
                FloatVector x3 = FloatVector.broadcast(S, x[xo + columns[p3 + i]]);
                s3 = x3.fma(FloatVector.fromArray(S, values, (p3 + i) * L), s3);
            }
            s0.intoArray(sums, b * L);
            s1.intoArray(sums, b * L + L);
            s2.intoArray(sums, b * L + 2 * L);
            s3.intoArray(sums, b * L + 3 * L);
            rest(b, p0 + common, p1, columns, values, x, xo, sums);
            rest(b + 1, p1 + common, p2, columns, values, x, xo, sums);
            rest(b + 2, p2 + common, p3, columns, values, x, xo, sums);
            rest(b + 3, p3 + common, last, columns, values, x, xo, sums);
        }
        for (; b < end; b++) {
            rest(b, offsets[at + b], offsets[at + b + 1], columns, values, x, xo, sums);
        }
    }

    private static void rest(int b, int from, int to, char[] columns, float[] values, float[] x, int xo, float[] sums) {
        FloatVector s = FloatVector.fromArray(S, sums, b * L);
        for (int p = from; p < to; p++) {
            FloatVector in = FloatVector.broadcast(S, x[xo + columns[p]]);
            s = in.fma(FloatVector.fromArray(S, values, p * L), s);
        }
        s.intoArray(sums, b * L);
    }

    /** Blocks of two vectors. */
    private static void two(int first, int end, int[] offsets, int at, char[] columns, float[] values, float[] x,
            int xo, float[] sums) {
        for (int b = first; b < end; b++) {
            FloatVector s0 = FloatVector.fromArray(S, sums, b * (2 * L));
            FloatVector s1 = FloatVector.fromArray(S, sums, b * (2 * L) + L);
            for (int p = offsets[at + b]; p < offsets[at + b + 1]; p++) {
                FloatVector in = FloatVector.broadcast(S, x[xo + columns[p]]);
                s0 = in.fma(FloatVector.fromArray(S, values, p * (2 * L)), s0);
                s1 = in.fma(FloatVector.fromArray(S, values, p * (2 * L) + L), s1);
            }
            s0.intoArray(sums, b * (2 * L));
            s1.intoArray(sums, b * (2 * L) + L);
        }
    }

    /** Blocks of four vectors. */
    private static void four(int first, int end, int[] offsets, int at, char[] columns, float[] values, float[] x,
            int xo, float[] sums) {
        for (int b = first; b < end; b++) {
            FloatVector s0 = FloatVector.fromArray(S, sums, b * (4 * L));
            FloatVector s1 = FloatVector.fromArray(S, sums, b * (4 * L) + L);
            FloatVector s2 = FloatVector.fromArray(S, sums, b * (4 * L) + 2 * L);
            FloatVector s3 = FloatVector.fromArray(S, sums, b * (4 * L) + 3 * L);
            for (int p = offsets[at + b]; p < offsets[at + b + 1]; p++) {
                FloatVector in = FloatVector.broadcast(S, x[xo + columns[p]]);
                s0 = in.fma(FloatVector.fromArray(S, values, p * (4 * L)), s0);
                s1 = in.fma(FloatVector.fromArray(S, values, p * (4 * L) + L), s1);
                s2 = in.fma(FloatVector.fromArray(S, values, p * (4 * L) + 2 * L), s2);
                s3 = in.fma(FloatVector.fromArray(S, values, p * (4 * L) + 3 * L), s3);
            }
            s0.intoArray(sums, b * (4 * L));
            s1.intoArray(sums, b * (4 * L) + L);
            s2.intoArray(sums, b * (4 * L) + 2 * L);
            s3.intoArray(sums, b * (4 * L) + 3 * L);
        }
    }

    /** Blocks lower than a vector: four rows of a block at a time. */
    private static void scalars(int height, int first, int end, int[] offsets, int at, char[] columns, float[] values,
            float[] x, int xo, float[] sums) {
        for (int b = first; b < end; b++) {
            int p0 = offsets[at + b];
            int last = offsets[at + b + 1];
            for (int r = 0; r < height; r += 4) {
                int to = b * height + r;
                float s0 = sums[to];
                float s1 = sums[to + 1];
                float s2 = sums[to + 2];
                float s3 = sums[to + 3];
                for (int p = p0, v = p0 * height + r; p < last; p++, v += height) {
                    float in = x[xo + columns[p]];
                    s0 = Math.fma(values[v], in, s0);
                    s1 = Math.fma(values[v + 1], in, s1);
                    s2 = Math.fma(values[v + 2], in, s2);
                    s3 = Math.fma(values[v + 3], in, s3);
                }
                sums[to] = s0;
                sums[to + 1] = s1;
                sums[to + 2] = s2;
                sums[to + 3] = s3;
            }
        }
    }
}
