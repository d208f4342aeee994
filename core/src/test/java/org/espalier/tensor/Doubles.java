package org.espalier.tensor;

import java.util.function.ToDoubleFunction;

/** Double-precision helpers of references. */
final class Doubles {
    private Doubles() {}

    static float[] toFloats(double[] numbers) {
        var floats = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    static double[] of(float[] numbers) {
        var doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            doubles[i] = numbers[i];
        }
        return doubles;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** erf by its Taylor series, near 0, or the continued fraction of erfc (Abramowitz and Stegun 7.1.5 and 7.1.14). */
    static double erf(double x) {
        if (Double.isNaN(x) || Math.abs(x) > 6) {
            return Double.isNaN(x) ? x : Math.signum(x);
        }
        if (Math.abs(x) < 3) {
            double term = x;
            double sum = x;
            for (int n = 1; n < 100; n++) {
                term *= -x * x / n;
                sum += term / (2 * n + 1);
            }
            return 2 / Math.sqrt(Math.PI) * sum;
        }
        double fraction = 0;
        for (int n = 80; n >= 1; n--) {
            fraction = n / 2.0 / (Math.abs(x) + fraction);
        }
        double complement = StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / (Math.abs(x) + fraction);
        return Math.signum(x) * (1 - complement);
    }

    /** For central differences: df/dx at element {@code i}. */
    static double slope(ToDoubleFunction<double[]> f, double[] x, int i, double step) {
        double at = x[i];
        x[i] = at + step;
        double above = f.applyAsDouble(x);
        x[i] = at - step;
        double below = f.applyAsDouble(x);
        x[i] = at;
        return (above - below) / (2 * step);
    }
}
