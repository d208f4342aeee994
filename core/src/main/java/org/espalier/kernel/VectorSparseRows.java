package org.espalier.kernel;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Compressed rows: a row's sums stay in registers over all its entries. Plain calls of the Vector API in flat methods:
 * a helper between them and the loop would end inlining, and every vector would be an object. The methods differ in
 * their width only.
 */
final class VectorSparseRows {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final long BYTES = (long) L * Float.BYTES;
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private VectorSparseRows() {}

    /** Copies the first {@code samples} of each feature into a panel {@code width} wide, the rest of it 0. */
    static void copy(int features, int samples, int width, float[] x, int xo, int ldx, MemorySegment panel) {
        int whole = samples / L * L;
        var rest = S.indexInRange(whole, samples);
        for (int i = 0; i < features; i++) {
            int from = xo + i * ldx;
            long to = (long) i * width * Float.BYTES;
            for (int j = 0; j < whole; j += L) {
                FloatVector.fromArray(S, x, from + j).intoMemorySegment(panel, to + (long) j * Float.BYTES, ORDER);
            }
            if (whole < samples) {
                FloatVector.fromArray(S, x, from + whole, rest)
                        .intoMemorySegment(panel, to + (long) whole * Float.BYTES, ORDER);
            }
            for (int j = Math.ceilDiv(samples, L) * L; j < width; j += L) {
                FloatVector.zero(S).intoMemorySegment(panel, to + (long) j * Float.BYTES, ORDER);
            }
        }
    }

    /** A panel 4 vectors wide. */
    static void four(int rows, int[] offsets, int[] columns, float[] values, MemorySegment x, float[] bias, float floor,
            float[] y, int yo, int ldy) {
        for (int r = 0; r < rows; r++) {
            FloatVector s0 = FloatVector.zero(S);
            FloatVector s1 = FloatVector.zero(S);
            FloatVector s2 = FloatVector.zero(S);
            FloatVector s3 = FloatVector.zero(S);
            int end = offsets[r + 1];
            for (int p = offsets[r]; p < end; p++) {
                long at = columns[p] * (4 * BYTES);
                FloatVector w = FloatVector.broadcast(S, values[p]);
                s0 = FloatVector.fromMemorySegment(S, x, at, ORDER).fma(w, s0);
                s1 = FloatVector.fromMemorySegment(S, x, at + BYTES, ORDER).fma(w, s1);
                s2 = FloatVector.fromMemorySegment(S, x, at + 2 * BYTES, ORDER).fma(w, s2);
                s3 = FloatVector.fromMemorySegment(S, x, at + 3 * BYTES, ORDER).fma(w, s3);
            }
            // adding −0 changes nothing
            float b = bias == null ? -0f : bias[r];
            int to = yo + r * ldy;
            s0.add(b).max(floor).intoArray(y, to);
            s1.add(b).max(floor).intoArray(y, to + L);
            s2.add(b).max(floor).intoArray(y, to + 2 * L);
            s3.add(b).max(floor).intoArray(y, to + 3 * L);
        }
    }

    /** A panel 2 vectors wide. */
    static void two(int rows, int[] offsets, int[] columns, float[] values, MemorySegment x, float[] bias, float floor,
            float[] y, int yo, int ldy) {
        for (int r = 0; r < rows; r++) {
            FloatVector s0 = FloatVector.zero(S);
            FloatVector s1 = FloatVector.zero(S);
            int end = offsets[r + 1];
            for (int p = offsets[r]; p < end; p++) {
                long at = columns[p] * (2 * BYTES);
                FloatVector w = FloatVector.broadcast(S, values[p]);
                s0 = FloatVector.fromMemorySegment(S, x, at, ORDER).fma(w, s0);
                s1 = FloatVector.fromMemorySegment(S, x, at + BYTES, ORDER).fma(w, s1);
            }
            // adding −0 changes nothing
            float b = bias == null ? -0f : bias[r];
            int to = yo + r * ldy;
            s0.add(b).max(floor).intoArray(y, to);
            s1.add(b).max(floor).intoArray(y, to + L);
        }
    }

    /** A panel 1 vector wide. */
    static void one(int rows, int[] offsets, int[] columns, float[] values, MemorySegment x, float[] bias, float floor,
            float[] y, int yo, int ldy) {
        for (int r = 0; r < rows; r++) {
            FloatVector s0 = FloatVector.zero(S);
            int end = offsets[r + 1];
            for (int p = offsets[r]; p < end; p++) {
                long at = columns[p] * BYTES;
                FloatVector w = FloatVector.broadcast(S, values[p]);
                s0 = FloatVector.fromMemorySegment(S, x, at, ORDER).fma(w, s0);
            }
            // adding −0 changes nothing
            float b = bias == null ? -0f : bias[r];
            int to = yo + r * ldy;
            s0.add(b).max(floor).intoArray(y, to);
        }
    }

    /** One vector: the chains of four rows at a time, since each waits for its last sum. */
    static void vector(int rows, int[] offsets, int[] columns, float[] values, float[] x, int xo, float[] y, int yo) {
        int r = 0;
        for (; r + 4 <= rows; r += 4) {
            int p0 = offsets[r];
            int p1 = offsets[r + 1];
            int p2 = offsets[r + 2];
            int p3 = offsets[r + 3];
            int end = offsets[r + 4];
            int common = Math.min(Math.min(p1 - p0, p2 - p1), Math.min(p3 - p2, end - p3));
            float s0 = 0f;
            float s1 = 0f;
            float s2 = 0f;
            float s3 = 0f;
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
        for (; r < rows; r++) {
            y[yo + r] = row(0f, offsets[r], offsets[r + 1], columns, values, x, xo);
        }
    }

    private static float row(float start, int from, int to, int[] columns, float[] values, float[] x, int xo) {
        float sum = start;
        for (int p = from; p < to; p++) {
            sum = Math.fma(values[p], x[xo + columns[p]], sum);
        }
        return sum;
    }
}
