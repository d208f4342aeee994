package org.espalier.bench.task;

/**
 * The sum of n values.
 *
 * @param n how many
 */
public record VectorSum(int n) implements Workload {
    @Override
    public String name() {
        return "sum " + n;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Cost cost() {
        return Cost.of(0, 4.0 * n);
    }

    /** The values, in [-1, 1). */
    public float[] x() {
        return BenchData.uniform(7, n);
    }

    @Override
    public void verify(float[] sum) {
        double expected = 0;
        for (float value : x()) {
            expected += value;
        }
        // A plain loop in single precision may lose this much; it is a peer, so it must pass.
        ReferenceCheck.close(name(), sum, new double[] {expected}, 1e-6 * n);
    }
}
