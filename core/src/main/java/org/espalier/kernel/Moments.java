package org.espalier.kernel;

/**
 * Sums of floats, and of squared distances from a center, in double precision: what means, variances and norms are made
 * of. So the mean of equal floats is that float and their variance 0, and no square overflows or vanishes.
 *
 * <p>The order is fixed: a contiguous run has four lanes, element i is added to lane i mod 4, and the lanes are folded
 * in halves; rows are added in ascending order. No vectors by hand: one form serves as scalar and vector kernel.
 */
public final class Moments {
    private Moments() {}

    /** Σ x over n contiguous elements. */
    public static double sum(float[] x, int from, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (int end = from + (n & -4); i < end; i += 4) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
        }
        int rest = from + n - i;
        s0 += rest > 0 ? x[i] : 0;
        s1 += rest > 1 ? x[i + 1] : 0;
        s2 += rest > 2 ? x[i + 2] : 0;
        return (s0 + s2) + (s1 + s3);
    }

    /** Σ (x − center)² over n contiguous elements. */
    public static double squares(float[] x, int from, int n, double center) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (int end = from + (n & -4); i < end; i += 4) {
            s0 += square(x[i] - center);
            s1 += square(x[i + 1] - center);
            s2 += square(x[i + 2] - center);
            s3 += square(x[i + 3] - center);
        }
        int rest = from + n - i;
        s0 += rest > 0 ? square(x[i] - center) : 0;
        s1 += rest > 1 ? square(x[i + 1] - center) : 0;
        s2 += rest > 2 ? square(x[i + 2] - center) : 0;
        return (s0 + s2) + (s1 + s3);
    }

    private static double square(double x) {
        return x * x;
    }

    /** Σ x down each column of {@code rows} rows that begin {@code stride} apart; one sum per column. */
    public static void sums(float[] x, int from, int rows, int stride, double[] sums) {
        for (int row = 0; row < rows; row++) {
            int at = from + row * stride;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += x[at + i];
            }
        }
    }

    /** Σ (x − center)² down each column of {@code rows} rows that begin {@code stride} apart. */
    public static void squares(float[] x, int from, int rows, int stride, double[] centers, double[] sums) {
        for (int row = 0; row < rows; row++) {
            int at = from + row * stride;
            for (int i = 0; i < sums.length; i++) {
                double distance = x[at + i] - centers[i];
                sums[i] += distance * distance;
            }
        }
    }
}
