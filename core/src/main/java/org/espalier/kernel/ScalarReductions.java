package org.espalier.kernel;

/**
 * Sums in the order {@link Kernels} promises: sixteen lanes, held here in sixteen locals, folded in halves; chunks of a
 * long run added in double precision.
 */
public final class ScalarReductions {
    private ScalarReductions() {}

    public static float sum(float[] x, int xo, int n) {
        if (n <= Kernels.CHUNK) {
            return sumChunk(x, xo, n);
        }
        double total = 0;
        for (int i = 0; i < n; i += Kernels.CHUNK) {
            total += sumChunk(x, xo + i, Math.min(Kernels.CHUNK, n - i));
        }
        return (float) total;
    }

    public static float dot(float[] a, int ao, float[] b, int bo, int n) {
        if (n <= Kernels.CHUNK) {
            return dotChunk(a, ao, b, bo, n);
        }
        double total = 0;
        for (int i = 0; i < n; i += Kernels.CHUNK) {
            total += dotChunk(a, ao + i, b, bo + i, Math.min(Kernels.CHUNK, n - i));
        }
        return (float) total;
    }

    public static float max(float[] x, int xo, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = xo; i < xo + n; i++) {
            max = Math.max(max, x[i]);
        }
        return max;
    }

    private static float sumChunk(float[] x, int xo, int n) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
        int end = xo + n;
        int i = xo;
        for (; i + 16 <= end; i += 16) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
            s8 += x[i + 8];
            s9 += x[i + 9];
            s10 += x[i + 10];
            s11 += x[i + 11];
            s12 += x[i + 12];
            s13 += x[i + 13];
            s14 += x[i + 14];
            s15 += x[i + 15];
        }
        // The last lanes, in the order of the elements; a lane without one keeps its sum.
        s0 += i < end ? x[i] : 0;
        s1 += i + 1 < end ? x[i + 1] : 0;
        s2 += i + 2 < end ? x[i + 2] : 0;
        s3 += i + 3 < end ? x[i + 3] : 0;
        s4 += i + 4 < end ? x[i + 4] : 0;
        s5 += i + 5 < end ? x[i + 5] : 0;
        s6 += i + 6 < end ? x[i + 6] : 0;
        s7 += i + 7 < end ? x[i + 7] : 0;
        s8 += i + 8 < end ? x[i + 8] : 0;
        s9 += i + 9 < end ? x[i + 9] : 0;
        s10 += i + 10 < end ? x[i + 10] : 0;
        s11 += i + 11 < end ? x[i + 11] : 0;
        s12 += i + 12 < end ? x[i + 12] : 0;
        s13 += i + 13 < end ? x[i + 13] : 0;
        s14 += i + 14 < end ? x[i + 14] : 0;
        return fold(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
    }

    private static float dotChunk(float[] a, int ao, float[] b, int bo, int n) {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        float s8 = 0, s9 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0, s14 = 0, s15 = 0;
        int end = ao + n;
        int i = ao;
        int j = bo;
        for (; i + 16 <= end; i += 16, j += 16) {
            s0 = Fma.of(a[i], b[j], s0);
            s1 = Fma.of(a[i + 1], b[j + 1], s1);
            s2 = Fma.of(a[i + 2], b[j + 2], s2);
            s3 = Fma.of(a[i + 3], b[j + 3], s3);
            s4 = Fma.of(a[i + 4], b[j + 4], s4);
            s5 = Fma.of(a[i + 5], b[j + 5], s5);
            s6 = Fma.of(a[i + 6], b[j + 6], s6);
            s7 = Fma.of(a[i + 7], b[j + 7], s7);
            s8 = Fma.of(a[i + 8], b[j + 8], s8);
            s9 = Fma.of(a[i + 9], b[j + 9], s9);
            s10 = Fma.of(a[i + 10], b[j + 10], s10);
            s11 = Fma.of(a[i + 11], b[j + 11], s11);
            s12 = Fma.of(a[i + 12], b[j + 12], s12);
            s13 = Fma.of(a[i + 13], b[j + 13], s13);
            s14 = Fma.of(a[i + 14], b[j + 14], s14);
            s15 = Fma.of(a[i + 15], b[j + 15], s15);
        }
        s0 = i < end ? Fma.of(a[i], b[j], s0) : s0;
        s1 = i + 1 < end ? Fma.of(a[i + 1], b[j + 1], s1) : s1;
        s2 = i + 2 < end ? Fma.of(a[i + 2], b[j + 2], s2) : s2;
        s3 = i + 3 < end ? Fma.of(a[i + 3], b[j + 3], s3) : s3;
        s4 = i + 4 < end ? Fma.of(a[i + 4], b[j + 4], s4) : s4;
        s5 = i + 5 < end ? Fma.of(a[i + 5], b[j + 5], s5) : s5;
        s6 = i + 6 < end ? Fma.of(a[i + 6], b[j + 6], s6) : s6;
        s7 = i + 7 < end ? Fma.of(a[i + 7], b[j + 7], s7) : s7;
        s8 = i + 8 < end ? Fma.of(a[i + 8], b[j + 8], s8) : s8;
        s9 = i + 9 < end ? Fma.of(a[i + 9], b[j + 9], s9) : s9;
        s10 = i + 10 < end ? Fma.of(a[i + 10], b[j + 10], s10) : s10;
        s11 = i + 11 < end ? Fma.of(a[i + 11], b[j + 11], s11) : s11;
        s12 = i + 12 < end ? Fma.of(a[i + 12], b[j + 12], s12) : s12;
        s13 = i + 13 < end ? Fma.of(a[i + 13], b[j + 13], s13) : s13;
        s14 = i + 14 < end ? Fma.of(a[i + 14], b[j + 14], s14) : s14;
        return fold(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15);
    }

    private static float fold(float s0, float s1, float s2, float s3, float s4, float s5, float s6, float s7, float s8,
            float s9, float s10, float s11, float s12, float s13, float s14, float s15) {
        float t0 = s0 + s8;
        float t1 = s1 + s9;
        float t2 = s2 + s10;
        float t3 = s3 + s11;
        float t4 = s4 + s12;
        float t5 = s5 + s13;
        float t6 = s6 + s14;
        float t7 = s7 + s15;
        float u0 = t0 + t4;
        float u1 = t1 + t5;
        float u2 = t2 + t6;
        float u3 = t3 + t7;
        return (u0 + u2) + (u1 + u3);
    }
}
