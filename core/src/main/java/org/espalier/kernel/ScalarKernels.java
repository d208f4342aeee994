package org.espalier.kernel;

/** The specification of {@link Kernels} in plain Java, and what runs where the Vector API cannot. */
public final class ScalarKernels implements Kernels {
    /** The one instance: stateless to callers. */
    public static final ScalarKernels INSTANCE = new ScalarKernels();

    private static final int TRANSPOSE_BLOCK = 16;

    private final ScalarGemm gemm = new ScalarGemm();
    private final ScalarUpdates updates = new ScalarUpdates();
    private final Scratch<float[]> chunk = new Scratch<>() {
        @Override
        protected float[] make() {
            return new float[CHUNK];
        }
    };

    private ScalarKernels() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void gemm(boolean transA, boolean transB, int m, int n, int k, float[] a, int ao, int lda, float[] b,
            int bo, int ldb, boolean accumulate, float[] c, int co, int ldc) {
        gemm.multiply(transA, transB, m, n, k, a, ao, lda, b, bo, ldb, accumulate, c, co, ldc);
    }

    @Override
    public PackedMatrix pack(boolean transB, int k, int n, float[] b, int bo, int ldb) {
        float[] rows = new float[k * n];
        for (int p = 0; p < k; p++) {
            copy(n, b, transB ? bo + p : bo + p * ldb, transB ? ldb : 1, rows, p * n);
        }
        return new PackedMatrix(this, k, n, rows);
    }

    private static void copy(int n, float[] from, int first, int step, float[] to, int at) {
        for (int j = 0; j < n; j++) {
            to[at + j] = from[first + j * step];
        }
    }

    @Override
    public void gemmPacked(boolean transA, int m, float[] a, int ao, int lda, PackedMatrix b, boolean accumulate,
            float[] c, int co, int ldc) {
        gemm(transA, false, m, b.n(), b.k(), a, ao, lda, b.dataFor(this), 0, b.n(), accumulate, c, co, ldc);
    }

    @Override
    public void linear(int m, int n, int k, float[] x, int xo, float[] w, int wo, float[] bias, int biasOffset,
            FusedActivation activation, float[] y, int yo, int ldy) {
        gemm(false, true, m, n, k, x, xo, k, w, wo, k, false, y, yo, ldy);
        finish(m, n, bias, biasOffset, activation, y, yo, ldy);
    }

    @Override
    public void linearPacked(int m, float[] x, int xo, PackedMatrix w, float[] bias, int biasOffset,
            FusedActivation activation, float[] y, int yo, int ldy) {
        gemmPacked(false, m, x, xo, w.k(), w, false, y, yo, ldy);
        finish(m, w.n(), bias, biasOffset, activation, y, yo, ldy);
    }

    /** Bias and activation of a layer's rows. */
    public void finish(int m, int n, float[] bias, int biasOffset, FusedActivation activation, float[] y, int yo,
            int ldy) {
        for (int i = 0; i < m; i++) {
            int row = yo + i * ldy;
            if (bias != null) {
                addTo(bias, biasOffset, y, row, n);
            }
            switch (activation) {
                case NONE -> {}
                case RELU -> {
                    for (int j = row; j < row + n; j++) {
                        y[j] = Math.max(y[j], 0f);
                    }
                }
                case TANH -> tanh(y, row, y, row, n);
                case SIGMOID -> sigmoid(y, row, y, row, n);
                case GELU -> gelu(y, row, y, row, n);
            }
        }
    }

    @Override
    public void transpose(int rows, int cols, float[] x, int xo, float[] y, int yo) {
        for (int r0 = 0; r0 < rows; r0 += TRANSPOSE_BLOCK) {
            int r1 = Math.min(rows, r0 + TRANSPOSE_BLOCK);
            for (int c = 0; c < cols; c++) {
                for (int r = r0; r < r1; r++) {
                    y[yo + c * rows + r] = x[xo + r * cols + c];
                }
            }
        }
    }

    @Override
    public void exp(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = ScalarMath.exp(x[xo + i]);
        }
    }

    @Override
    public void log(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = ScalarMath.log(x[xo + i]);
        }
    }

    @Override
    public void tanh(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = ScalarMath.tanh(x[xo + i]);
        }
    }

    @Override
    public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = ScalarMath.sigmoid(x[xo + i]);
        }
    }

    @Override
    public void erf(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = ScalarMath.erf(x[xo + i]);
        }
    }

    @Override
    public void gelu(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = ScalarMath.gelu(x[xo + i]);
        }
    }

    @Override
    public void softplus(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = ScalarMath.softplus(x[xo + i]);
        }
    }

    @Override
    public float sum(float[] x, int xo, int n) {
        return ScalarReductions.sum(x, xo, n);
    }

    @Override
    public float dot(float[] a, int ao, float[] b, int bo, int n) {
        return ScalarReductions.dot(a, ao, b, bo, n);
    }

    @Override
    public float max(float[] x, int xo, int n) {
        return ScalarReductions.max(x, xo, n);
    }

    @Override
    public void addTo(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] += x[xo + i];
        }
    }

    @Override
    public void reluBackward(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = b[bo + i] > 0 ? a[ao + i] : 0f;
        }
    }

    @Override
    public void softmax(int rows, int cols, float[] x, int xo, float[] y, int yo) {
        for (int r = 0; r < rows; r++) {
            int in = xo + r * cols;
            int out = yo + r * cols;
            float max = max(x, in, cols);
            for (int j = 0; j < cols; j++) {
                y[out + j] = ScalarMath.exp(x[in + j] - max);
            }
            float sum = sum(y, out, cols);
            for (int j = out; j < out + cols; j++) {
                y[j] /= sum;
            }
        }
    }

    @Override
    public void logSoftmax(int rows, int cols, float[] x, int xo, float[] y, int yo) {
        for (int r = 0; r < rows; r++) {
            int in = xo + r * cols;
            int out = yo + r * cols;
            float max = max(x, in, cols);
            float log = ScalarMath.log(sumOfExp(x, in, cols, max));
            for (int j = 0; j < cols; j++) {
                y[out + j] = (x[in + j] - max) - log;
            }
        }
    }

    @Override
    public float logSumExp(float[] x, int xo, int n) {
        float max = max(x, xo, n);
        if (!(Math.abs(max) < Float.POSITIVE_INFINITY)) {
            return max;
        }
        return max + ScalarMath.log(sumOfExp(x, xo, n, max));
    }

    /** Sum of exp(x − max) in the order of {@link #sum}, without a place to keep all the terms. */
    private float sumOfExp(float[] x, int xo, int n, float max) {
        float[] terms = chunk.lease();
        double total = 0;
        for (int start = 0; start < n; start += CHUNK) {
            int length = Math.min(CHUNK, n - start);
            for (int i = 0; i < length; i++) {
                terms[i] = ScalarMath.exp(x[xo + start + i] - max);
            }
            total += sum(terms, 0, length);
        }
        chunk.release(terms);
        return (float) total;
    }

    @Override
    public void update(UpdateRule rule, int from, int to, float[] value, float[] gradient, float[] first,
            float[] second, long[] kept, float[] out) {
        updates.update(rule, from, to, value, gradient, first, second, kept, out);
    }
}
