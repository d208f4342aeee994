package org.espalier.bench.task;

/**
 * One layer without activation, Y = X · Wᵀ: Y is [batch × out], X [batch × in], W [out × in], all row-major. With batch
 * 1 it is a matrix-vector product.
 *
 * @param batch rows of X
 * @param out neurons
 * @param in inputs
 */
public record Dense(int batch, int out, int in) implements Workload {
    @Override
    public String name() {
        return (batch == 1 ? "gemv " : "dense b" + batch + " ") + out + "x" + in;
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Cost cost() {
        return Cost.of(2.0 * batch * out * in, 4.0 * ((double) batch * in + (double) out * in + (double) batch * out));
    }

    /** X, values in [-1, 1). */
    public float[] x() {
        return BenchData.uniform(3, batch * in);
    }

    /** W, values in [-1, 1). */
    public float[] w() {
        return BenchData.uniform(4, out * in);
    }

    @Override
    public void verify(float[] y) {
        ReferenceCheck.close(name(), y, reference(batch, out, in, x(), w()), 1e-6 * Math.max(in, 16));
    }

    static double[] reference(int batch, int out, int in, float[] x, float[] w) {
        var y = new double[batch * out];
        for (int b = 0; b < batch; b++) {
            for (int o = 0; o < out; o++) {
                double sum = 0;
                for (int i = 0; i < in; i++) {
                    sum += (double) x[b * in + i] * w[o * in + i];
                }
                y[b * out + o] = sum;
            }
        }
        return y;
    }
}
