package org.espalier.bench.task;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/**
 * One function on each of n values.
 *
 * @param function which
 * @param n how many
 */
public record Elementwise(Function function, int n) implements Workload {
    /** The functions measured. */
    public enum Function {
        /** The exponential. */
        EXP(StrictMath::exp),
        /** The hyperbolic tangent. */
        TANH(StrictMath::tanh);

        private final DoubleUnaryOperator reference;

        Function(DoubleUnaryOperator reference) {
            this.reference = reference;
        }

        /** The function in double precision. */
        public double applyAsDouble(double x) {
            return reference.applyAsDouble(x);
        }
    }

    @Override
    public String name() {
        return function.name().toLowerCase(Locale.ROOT) + " " + n;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Cost cost() {
        return Cost.of(0, 8.0 * n);
    }

    /** The values, in [-8, 8). */
    public float[] x() {
        var x = BenchData.uniform(5, n);
        for (int i = 0; i < n; i++) {
            x[i] *= 8;
        }
        return x;
    }

    @Override
    public void verify(float[] y) {
        var x = x();
        var relative = new float[n];
        var ones = new double[n];
        if (y.length != n) {
            throw new IllegalStateException(name() + ": " + y.length + " values");
        }
        for (int i = 0; i < n; i++) {
            double expected = function.applyAsDouble(x[i]);
            relative[i] = (float) (expected == y[i] ? 1 : y[i] / expected);
            ones[i] = 1;
        }
        ReferenceCheck.close(name() + ", relative to the reference", relative, ones, 1e-6);
    }
}
