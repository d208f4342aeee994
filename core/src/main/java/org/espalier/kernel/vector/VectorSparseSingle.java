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

    /** One vector, blocks of a multiple of 4 rows: four chains at a time, added to sums in whole blocks. */
    static void blocks(int height, int from, int to, int[] offsets, int at, char[] columns, float[] values, float[] x,
            int xo, float[] sums) {
        for (int r = from; r < to; r += 4) {
            float s0 = sums[r];
            float s1 = sums[r + 1];
            float s2 = sums[r + 2];
            float s3 = sums[r + 3];
            int end = offsets[at + r / height + 1];
            for (int p = offsets[at + r / height]; p < end; p++) {
                int v = p * height + r % height;
                float input = x[xo + columns[p]];
                s0 = Math.fma(values[v], input, s0);
                s1 = Math.fma(values[v + 1], input, s1);
                s2 = Math.fma(values[v + 2], input, s2);
                s3 = Math.fma(values[v + 3], input, s3);
            }
            sums[r] = s0;
            sums[r + 1] = s1;
            sums[r + 2] = s2;
            sums[r + 3] = s3;
        }
    }

    /** One vector, blocks of a multiple of the lanes: rows in the lanes. */
    static void lanes(int height, int from, int to, int[] offsets, int at, char[] columns, float[] values, float[] x,
            int xo, float[] sums) {
        for (int r = from; r < to; r += L) {
            FloatVector s = FloatVector.fromArray(S, sums, r);
            int end = offsets[at + r / height + 1];
            for (int p = offsets[at + r / height]; p < end; p++) {
                FloatVector w = FloatVector.fromArray(S, values, p * height + r % height);
                s = w.fma(FloatVector.broadcast(S, x[xo + columns[p]]), s);
            }
            s.intoArray(sums, r);
        }
    }
}
