package org.espalier.bench.task;

/**
 * C = A · B in single precision, all row-major: C is [m × n], A [m × k], B [k × n].
 *
 * @param m rows of C
 * @param n columns of C
 * @param k the reduction dimension
 * @param threads how many threads
 */
public record MatrixProduct(int m, int n, int k, int threads) implements Workload {
    @Override
    public String name() {
        return "sgemm " + m + "x" + n + "x" + k + Workload.suffix(threads);
    }

    @Override
    public Cost cost() {
        return Cost.of(2.0 * m * n * k, 4.0 * ((double) m * k + (double) k * n + (double) m * n));
    }

    /** A, values in [-1, 1). */
    public float[] a() {
        return BenchData.uniform(1, m * k);
    }

    /** B, values in [-1, 1). */
    public float[] b() {
        return BenchData.uniform(2, k * n);
    }

    @Override
    public void verify(float[] c) {
        // The rounding error of a chain of k sums of terms below 1 stays under k² / 2 units of 2⁻²⁴; 1e-6 · k is
        // what typical sums leave a wide margin to, and any misplaced element breaks.
        ReferenceCheck.close(name(), c, reference(m, n, k, a(), b()), 1e-6 * Math.max(k, 16));
    }

    static double[] reference(int m, int n, int k, float[] a, float[] b) {
        var c = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < k; p++) {
                addRow(n, a[i * k + p], b, p * n, c, i * n);
            }
        }
        return c;
    }

    private static void addRow(int n, double factor, float[] b, int bo, double[] c, int co) {
        for (int j = 0; j < n; j++) {
            c[co + j] += factor * b[bo + j];
        }
    }
}
