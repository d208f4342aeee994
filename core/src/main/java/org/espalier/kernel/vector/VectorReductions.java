package org.espalier.kernel.vector;

import static jdk.incubator.vector.VectorOperators.MAX;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.ScalarReductions;

/**
 * Reductions of a run. The sixteen lanes of the contract are one vector of 16, two of 8 or four of 4 floats; each
 * width has its own loop, written out, and the lanes are folded in halves by moving the upper half down. Sums never
 * go through {@code reduceLanes}, whose order is not specified; a maximum may.
 */
final class VectorReductions {
    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final VectorShuffle<Float> DOWN_8 = VectorShuffle.iota(S, 8, 1, true);
    private static final VectorShuffle<Float> DOWN_4 = VectorShuffle.iota(S, 4, 1, true);
    private static final VectorShuffle<Float> DOWN_2 = VectorShuffle.iota(S, 2, 1, true);
    private static final VectorShuffle<Float> DOWN_1 = VectorShuffle.iota(S, 1, 1, true);

    private VectorReductions() {}

    static float sum(float[] x, int xo, int n) {
        if (n <= Kernels.CHUNK) {
            return sumChunk(x, xo, n);
        }
        double total = 0;
        for (int i = 0; i < n; i += Kernels.CHUNK) {
            total += sumChunk(x, xo + i, Math.min(Kernels.CHUNK, n - i));
        }
        return (float) total;
    }

    static float dot(float[] a, int ao, float[] b, int bo, int n) {
        if (n <= Kernels.CHUNK) {
            return dotChunk(a, ao, b, bo, n);
        }
        double total = 0;
        for (int i = 0; i < n; i += Kernels.CHUNK) {
            total += dotChunk(a, ao + i, b, bo + i, Math.min(Kernels.CHUNK, n - i));
        }
        return (float) total;
    }

    static float max(float[] x, int xo, int n) {
        int whole = S.loopBound(n);
        FloatVector m = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
        int first = 0;
        // four chains: a maximum takes several instructions, for NaN and −0
        if (whole >= 4 * L) {
            FloatVector m1 = m;
            FloatVector m2 = m;
            FloatVector m3 = m;
            for (; first <= whole - 4 * L; first += 4 * L) {
                m = m.max(FloatVector.fromArray(S, x, xo + first));
                m1 = m1.max(FloatVector.fromArray(S, x, xo + first + L));
                m2 = m2.max(FloatVector.fromArray(S, x, xo + first + 2 * L));
                m3 = m3.max(FloatVector.fromArray(S, x, xo + first + 3 * L));
            }
            m = m.max(m1).max(m2.max(m3));
        }
        for (int i = first; i < whole; i += L) {
            m = m.max(FloatVector.fromArray(S, x, xo + i));
        }
        float max = whole == 0 ? Float.NEGATIVE_INFINITY : m.reduceLanes(MAX);
        for (int i = xo + whole; i < xo + n; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    private static float sumChunk(float[] x, int xo, int n) {
        return switch (L) {
            case 16 -> sum16(x, xo, n);
            case 8 -> sum8(x, xo, n);
            case 4 -> sum4(x, xo, n);
            default -> ScalarReductions.sum(x, xo, n);
        };
    }

    private static float dotChunk(float[] a, int ao, float[] b, int bo, int n) {
        return switch (L) {
            case 16 -> dot16(a, ao, b, bo, n);
            case 8 -> dot8(a, ao, b, bo, n);
            case 4 -> dot4(a, ao, b, bo, n);
            default -> ScalarReductions.dot(a, ao, b, bo, n);
        };
    }

    private static float sum16(float[] x, int xo, int n) {
        FloatVector s = FloatVector.zero(S);
        int whole = n & -16;
        for (int i = 0; i < whole; i += 16) {
            s = s.add(FloatVector.fromArray(S, x, xo + i));
        }
        if (whole < n) {
            VectorMask<Float> rest = S.indexInRange(whole, n);
            s = s.add(FloatVector.fromArray(S, x, xo + whole, rest), rest);
        }
        s = s.add(s.rearrange(DOWN_8));
        s = s.add(s.rearrange(DOWN_4));
        s = s.add(s.rearrange(DOWN_2));
        s = s.add(s.rearrange(DOWN_1));
        return s.lane(0);
    }

    private static float sum8(float[] x, int xo, int n) {
        FloatVector s = FloatVector.zero(S);
        FloatVector t = FloatVector.zero(S);
        int whole = n & -16;
        for (int i = 0; i < whole; i += 16) {
            s = s.add(FloatVector.fromArray(S, x, xo + i));
            t = t.add(FloatVector.fromArray(S, x, xo + i + 8));
        }
        if (whole < n) {
            VectorMask<Float> rest0 = S.indexInRange(whole, n);
            s = s.add(FloatVector.fromArray(S, x, xo + whole, rest0), rest0);
            VectorMask<Float> rest1 = S.indexInRange(whole + 8, n);
            t = t.add(FloatVector.fromArray(S, x, xo + whole + 8, rest1), rest1);
        }
        s = s.add(t);
        s = s.add(s.rearrange(DOWN_4));
        s = s.add(s.rearrange(DOWN_2));
        s = s.add(s.rearrange(DOWN_1));
        return s.lane(0);
    }

    private static float sum4(float[] x, int xo, int n) {
        FloatVector s = FloatVector.zero(S);
        FloatVector t = FloatVector.zero(S);
        FloatVector u = FloatVector.zero(S);
        FloatVector v = FloatVector.zero(S);
        int whole = n & -16;
        for (int i = 0; i < whole; i += 16) {
            s = s.add(FloatVector.fromArray(S, x, xo + i));
            t = t.add(FloatVector.fromArray(S, x, xo + i + 4));
            u = u.add(FloatVector.fromArray(S, x, xo + i + 8));
            v = v.add(FloatVector.fromArray(S, x, xo + i + 12));
        }
        if (whole < n) {
            VectorMask<Float> rest0 = S.indexInRange(whole, n);
            s = s.add(FloatVector.fromArray(S, x, xo + whole, rest0), rest0);
            VectorMask<Float> rest1 = S.indexInRange(whole + 4, n);
            t = t.add(FloatVector.fromArray(S, x, xo + whole + 4, rest1), rest1);
            VectorMask<Float> rest2 = S.indexInRange(whole + 8, n);
            u = u.add(FloatVector.fromArray(S, x, xo + whole + 8, rest2), rest2);
            VectorMask<Float> rest3 = S.indexInRange(whole + 12, n);
            v = v.add(FloatVector.fromArray(S, x, xo + whole + 12, rest3), rest3);
        }
        s = s.add(u).add(t.add(v));
        s = s.add(s.rearrange(DOWN_2));
        s = s.add(s.rearrange(DOWN_1));
        return s.lane(0);
    }

    private static float dot16(float[] a, int ao, float[] b, int bo, int n) {
        FloatVector s = FloatVector.zero(S);
        int whole = n & -16;
        for (int i = 0; i < whole; i += 16) {
            s = FloatVector.fromArray(S, a, ao + i).fma(FloatVector.fromArray(S, b, bo + i), s);
        }
        if (whole < n) {
            VectorMask<Float> rest = S.indexInRange(whole, n);
            FloatVector a0 = FloatVector.fromArray(S, a, ao + whole, rest);
            FloatVector b0 = FloatVector.fromArray(S, b, bo + whole, rest);
            s = s.blend(a0.fma(b0, s), rest);
        }
        s = s.add(s.rearrange(DOWN_8));
        s = s.add(s.rearrange(DOWN_4));
        s = s.add(s.rearrange(DOWN_2));
        s = s.add(s.rearrange(DOWN_1));
        return s.lane(0);
    }

    private static float dot8(float[] a, int ao, float[] b, int bo, int n) {
        FloatVector s = FloatVector.zero(S);
        FloatVector t = FloatVector.zero(S);
        int whole = n & -16;
        for (int i = 0; i < whole; i += 16) {
            s = FloatVector.fromArray(S, a, ao + i).fma(FloatVector.fromArray(S, b, bo + i), s);
            t = FloatVector.fromArray(S, a, ao + i + 8).fma(FloatVector.fromArray(S, b, bo + i + 8), t);
        }
        if (whole < n) {
            VectorMask<Float> rest0 = S.indexInRange(whole, n);
            FloatVector a0 = FloatVector.fromArray(S, a, ao + whole, rest0);
            FloatVector b0 = FloatVector.fromArray(S, b, bo + whole, rest0);
            s = s.blend(a0.fma(b0, s), rest0);
            VectorMask<Float> rest1 = S.indexInRange(whole + 8, n);
            FloatVector a1 = FloatVector.fromArray(S, a, ao + whole + 8, rest1);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + whole + 8, rest1);
            t = t.blend(a1.fma(b1, t), rest1);
        }
        s = s.add(t);
        s = s.add(s.rearrange(DOWN_4));
        s = s.add(s.rearrange(DOWN_2));
        s = s.add(s.rearrange(DOWN_1));
        return s.lane(0);
    }

    private static float dot4(float[] a, int ao, float[] b, int bo, int n) {
        FloatVector s = FloatVector.zero(S);
        FloatVector t = FloatVector.zero(S);
        FloatVector u = FloatVector.zero(S);
        FloatVector v = FloatVector.zero(S);
        int whole = n & -16;
        for (int i = 0; i < whole; i += 16) {
            s = FloatVector.fromArray(S, a, ao + i).fma(FloatVector.fromArray(S, b, bo + i), s);
            t = FloatVector.fromArray(S, a, ao + i + 4).fma(FloatVector.fromArray(S, b, bo + i + 4), t);
            u = FloatVector.fromArray(S, a, ao + i + 8).fma(FloatVector.fromArray(S, b, bo + i + 8), u);
            v = FloatVector.fromArray(S, a, ao + i + 12).fma(FloatVector.fromArray(S, b, bo + i + 12), v);
        }
        if (whole < n) {
            VectorMask<Float> rest0 = S.indexInRange(whole, n);
            FloatVector a0 = FloatVector.fromArray(S, a, ao + whole, rest0);
            FloatVector b0 = FloatVector.fromArray(S, b, bo + whole, rest0);
            s = s.blend(a0.fma(b0, s), rest0);
            VectorMask<Float> rest1 = S.indexInRange(whole + 4, n);
            FloatVector a1 = FloatVector.fromArray(S, a, ao + whole + 4, rest1);
            FloatVector b1 = FloatVector.fromArray(S, b, bo + whole + 4, rest1);
            t = t.blend(a1.fma(b1, t), rest1);
            VectorMask<Float> rest2 = S.indexInRange(whole + 8, n);
            FloatVector a2 = FloatVector.fromArray(S, a, ao + whole + 8, rest2);
            FloatVector b2 = FloatVector.fromArray(S, b, bo + whole + 8, rest2);
            u = u.blend(a2.fma(b2, u), rest2);
            VectorMask<Float> rest3 = S.indexInRange(whole + 12, n);
            FloatVector a3 = FloatVector.fromArray(S, a, ao + whole + 12, rest3);
            FloatVector b3 = FloatVector.fromArray(S, b, bo + whole + 12, rest3);
            v = v.blend(a3.fma(b3, v), rest3);
        }
        s = s.add(u).add(t.add(v));
        s = s.add(s.rearrange(DOWN_2));
        s = s.add(s.rearrange(DOWN_1));
        return s.lane(0);
    }
}
