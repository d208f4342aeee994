package org.espalier.kernel.vector;

import jdk.incubator.vector.FloatVector;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.PackedMatrix;
import org.espalier.kernel.ScalarKernels;
import org.espalier.kernel.ScalarMath;
import org.espalier.kernel.Scratch;
import org.espalier.kernel.UpdateRule;

/** The Vector API implementation of {@link Kernels}, for the preferred vectors of this JVM. */
public final class VectorKernels implements Kernels {
    /** Elements of a softmax whose exponentials are computed at a time, few enough to stay in the L1 cache. */
    private static final int SOFTMAX_BLOCK = 4096;

    private final VectorTile tiles = VectorTile.preferred();
    private final VectorGemm gemm = new VectorGemm(tiles);
    private final VectorSparseInput nonzeros = new VectorSparseInput();
    private final VectorUpdates updates = new VectorUpdates();
    private final Scratch<float[]> chunk = new Scratch<>() {
        @Override
        protected float[] make() {
            return new float[CHUNK];
        }
    };

    private VectorKernels() {}

    /** Float lanes of the preferred vector. */
    public static int preferredLanes() {
        return FloatVector.SPECIES_PREFERRED.length();
    }

    public static VectorKernels create() {
        return new VectorKernels();
    }

    @Override
    public String name() {
        return "vector-" + preferredLanes() * Float.SIZE;
    }

    @Override
    public void gemm(boolean transA, boolean transB, int m, int n, int k, float[] a, int ao, int lda, float[] b,
            int bo, int ldb, boolean accumulate, float[] c, int co, int ldc) {
        gemm.multiply(transA, transB, m, n, k, a, ao, lda, b, bo, ldb, accumulate, c, co, ldc);
    }

    @Override
    public PackedMatrix pack(boolean transB, int k, int n, float[] b, int bo, int ldb) {
        float[] packed = new float[gemm.packedSize(k, n)];
        gemm.pack(transB, k, n, b, bo, ldb, packed);
        return new PackedMatrix(this, k, n, packed);
    }

    @Override
    public void gemmPacked(boolean transA, int m, float[] a, int ao, int lda, PackedMatrix b, boolean accumulate,
            float[] c, int co, int ldc) {
        gemm.multiplyPacked(transA, m, b.n(), b.k(), a, ao, lda, b.dataFor(this), accumulate, c, co, ldc);
    }

    /** {@link #gemmPacked} by the loops of the stand-in: the same bits. */
    public void gemmPackedBy(ScalarKernels standIn, boolean transA, int m, float[] a, int ao, int lda, PackedMatrix b,
            boolean accumulate, float[] c, int co, int ldc) {
        gemm.multiplyPackedBy(standIn, transA, m, b.n(), b.k(), a, ao, lda, b.dataFor(this), accumulate, c, co, ldc);
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
        int k = w.k();
        int n = w.n();
        float[] packed = w.dataFor(this);
        int done = 0;
        if ((activation == FusedActivation.RELU || hidesSigns(n, bias, biasOffset)) && w.isFinite()) {
            done = nonzeros.multiply(tiles, m, n, k, x, xo, packed, y, yo, ldy);
        }
        if (done < m) {
            gemm.multiplyPacked(false, m - done, n, k, x, xo + done * k, k, packed, false, y, yo + done * ldy, ldy);
        }
        finish(m, n, bias, biasOffset, activation, y, yo, ldy);
    }

    /** Whether −0 and +0 become the same when this is added. */
    private static boolean hidesSigns(int n, float[] bias, int offset) {
        boolean hides = bias != null;
        for (int i = offset; hides && i < offset + n; i++) {
            hides = Float.floatToRawIntBits(bias[i]) != Integer.MIN_VALUE;
        }
        return hides;
    }

    private static void finish(int m, int n, float[] bias, int biasOffset, FusedActivation activation, float[] y,
            int yo,
            int ldy) {
        for (int i = 0; i < m; i++) {
            int row = yo + i * ldy;
            if (bias != null && activation == FusedActivation.RELU) {
                VectorElementwise.addToAndRelu(bias, biasOffset, y, row, n);
                continue;
            }
            if (bias != null) {
                VectorElementwise.addTo(bias, biasOffset, y, row, n);
            }
            switch (activation) {
                case NONE -> {}
                case RELU -> VectorElementwise.relu(y, row, n);
                case TANH -> VectorMath.tanh(y, row, y, row, n);
                case SIGMOID -> VectorMath.sigmoid(y, row, y, row, n);
                case GELU -> VectorMath.gelu(y, row, y, row, n);
            }
        }
    }

    @Override
    public void transpose(int rows, int cols, float[] x, int xo, float[] y, int yo) {
        VectorPacking.transpose(rows, cols, x, xo, cols, y, yo, rows);
    }

    @Override
    public void exp(float[] x, int xo, float[] y, int yo, int n) {
        VectorMath.exp(x, xo, y, yo, n);
    }

    @Override
    public void log(float[] x, int xo, float[] y, int yo, int n) {
        VectorMath.log(x, xo, y, yo, n);
    }

    @Override
    public void tanh(float[] x, int xo, float[] y, int yo, int n) {
        VectorMath.tanh(x, xo, y, yo, n);
    }

    @Override
    public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
        VectorMath.sigmoid(x, xo, y, yo, n);
    }

    @Override
    public void erf(float[] x, int xo, float[] y, int yo, int n) {
        VectorMath.erf(x, xo, y, yo, n);
    }

    @Override
    public void gelu(float[] x, int xo, float[] y, int yo, int n) {
        VectorMath.gelu(x, xo, y, yo, n);
    }

    @Override
    public void softplus(float[] x, int xo, float[] y, int yo, int n) {
        VectorMath.softplus(x, xo, y, yo, n);
    }

    @Override
    public float sum(float[] x, int xo, int n) {
        return VectorReductions.sum(x, xo, n);
    }

    @Override
    public float dot(float[] a, int ao, float[] b, int bo, int n) {
        return VectorReductions.dot(a, ao, b, bo, n);
    }

    @Override
    public float max(float[] x, int xo, int n) {
        return VectorReductions.max(x, xo, n);
    }

    @Override
    public void addTo(float[] x, int xo, float[] y, int yo, int n) {
        VectorElementwise.addTo(x, xo, y, yo, n);
    }

    @Override
    public void reluBackward(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        VectorElementwise.reluBackward(a, ao, b, bo, y, yo, n);
    }

    @Override
    public void softmax(int rows, int cols, float[] x, int xo, float[] y, int yo) {
        int step = Math.max(1, SOFTMAX_BLOCK / Math.max(1, cols));
        for (int from = 0; from < rows; from += step) {
            int to = Math.min(rows, from + step);
            for (int r = from; r < to; r++) {
                float max = VectorReductions.max(x, xo + r * cols, cols);
                VectorElementwise.subtract(max, x, xo + r * cols, y, yo + r * cols, cols);
            }
            VectorMath.exp(y, yo + from * cols, y, yo + from * cols, (to - from) * cols);
            for (int r = from; r < to; r++) {
                float sum = VectorReductions.sum(y, yo + r * cols, cols);
                VectorElementwise.divide(sum, y, yo + r * cols, cols);
            }
        }
    }

    @Override
    public void logSoftmax(int rows, int cols, float[] x, int xo, float[] y, int yo) {
        int step = Math.max(1, SOFTMAX_BLOCK / Math.max(1, cols));
        float[] terms = chunk.lease();
        for (int from = 0; from < rows; from += step) {
            int to = Math.min(rows, from + step);
            for (int r = from; r < to; r++) {
                float max = VectorReductions.max(x, xo + r * cols, cols);
                VectorElementwise.subtract(max, x, xo + r * cols, y, yo + r * cols, cols);
            }
            boolean small = cols <= SOFTMAX_BLOCK;
            if (small) {
                VectorMath.exp(y, yo + from * cols, terms, 0, (to - from) * cols);
            }
            for (int r = from; r < to; r++) {
                float sum = small
                        ? VectorReductions.sum(terms, (r - from) * cols, cols)
                        : sumOfExp(y, yo + r * cols, cols, 0f);
                VectorElementwise.subtract(ScalarMath.log(sum), y, yo + r * cols, y, yo + r * cols, cols);
            }
        }
        chunk.release(terms);
    }

    @Override
    public float logSumExp(float[] x, int xo, int n) {
        float max = VectorReductions.max(x, xo, n);
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
            VectorElementwise.subtract(max, x, xo + start, terms, 0, length);
            VectorMath.exp(terms, 0, terms, 0, length);
            total += VectorReductions.sum(terms, 0, length);
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
