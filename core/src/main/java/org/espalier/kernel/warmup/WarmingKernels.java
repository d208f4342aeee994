package org.espalier.kernel.warmup;

import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.PackedMatrix;
import org.espalier.kernel.ScalarKernels;
import org.espalier.kernel.UpdateRule;
import org.espalier.kernel.vector.VectorKernels;

/**
 * The vector kernels with the scalar ones standing in for them until they are compiled.
 *
 * <p>Idea: before the optimizing compiler has taken a Vector API loop, every vector in it is an object, and the loop
 * runs hundreds of times slower than a plain one. The scalar kernels need no such warm-up and give the same bits, so
 * each family of kernels is answered by them until {@link WarmUp}, on a thread of its own, has seen the vector form of
 * that family overtake. Which of the two answers can be told from the clock only, never from the results.
 */
public final class WarmingKernels implements Kernels {
    /** Kernels that are compiled, and so switched over, together. */
    enum Family {
        PRODUCTS,
        ROWS,
        MAPS,
        UPDATES
    }

    private final ScalarKernels scalar;
    private final VectorKernels vector;

    // Each is written once, by the warm-up; a thread that sees it late is only slower.
    private volatile Kernels products;
    private volatile Kernels rows;
    private volatile Kernels maps;
    private volatile Kernels updates;
    private volatile boolean over;

    WarmingKernels(ScalarKernels scalar, VectorKernels vector) {
        this.scalar = scalar;
        this.vector = vector;
        products = scalar;
        rows = scalar;
        maps = scalar;
        updates = scalar;
    }

    /** These vector kernels behind the scalar ones; the warm-up has begun. */
    public static Kernels of(Kernels vector) {
        var kernels = new WarmingKernels(ScalarKernels.INSTANCE, (VectorKernels) vector);
        WarmUp.start(kernels);
        return kernels;
    }

    /** From now on the vector kernels answer for this family. */
    void switchOver(Family family) {
        switch (family) {
            case PRODUCTS -> products = vector;
            case ROWS -> rows = vector;
            case MAPS -> maps = vector;
            case UPDATES -> updates = vector;
        }
    }

    @Override
    public boolean settled() {
        return over || products == vector && rows == vector && maps == vector && updates == vector;
    }

    /** The contests are over: a family that lost its own keeps its stand-in. */
    void end() {
        over = true;
    }

    @Override
    public String name() {
        return vector.name();
    }

    @Override
    public void gemm(boolean transA, boolean transB, int m, int n, int k, float[] a, int ao, int lda, float[] b,
            int bo, int ldb, boolean accumulate, float[] c, int co, int ldc) {
        products.gemm(transA, transB, m, n, k, a, ao, lda, b, bo, ldb, accumulate, c, co, ldc);
    }

    @Override
    public PackedMatrix pack(boolean transB, int k, int n, float[] b, int bo, int ldb) {
        return products == vector
                ? vector.pack(transB, k, n, b, bo, ldb)
                : vector.packWithoutVectors(transB, k, n, b, bo, ldb);
    }

    @Override
    public void gemmPacked(boolean transA, int m, float[] a, int ao, int lda, PackedMatrix b, boolean accumulate,
            float[] c, int co, int ldc) {
        if (products == vector) {
            vector.gemmPacked(transA, m, a, ao, lda, b, accumulate, c, co, ldc);
        } else {
            vector.gemmPackedBy(scalar, transA, m, a, ao, lda, b, accumulate, c, co, ldc);
        }
    }

    @Override
    public void linear(int m, int n, int k, float[] x, int xo, float[] w, int wo, float[] bias, int biasOffset,
            FusedActivation activation, float[] y, int yo, int ldy) {
        products.linear(m, n, k, x, xo, w, wo, bias, biasOffset, activation, y, yo, ldy);
    }

    @Override
    public void linearPacked(int m, float[] x, int xo, PackedMatrix w, float[] bias, int biasOffset,
            FusedActivation activation, float[] y, int yo, int ldy) {
        if (products == vector) {
            vector.linearPacked(m, x, xo, w, bias, biasOffset, activation, y, yo, ldy);
        } else {
            vector.gemmPackedBy(scalar, false, m, x, xo, w.k(), w, false, y, yo, ldy);
            scalar.finish(m, w.n(), bias, biasOffset, activation, y, yo, ldy);
        }
    }

    @Override
    public void transpose(int rows, int cols, float[] x, int xo, float[] y, int yo) {
        products.transpose(rows, cols, x, xo, y, yo);
    }

    @Override
    public void exp(float[] x, int xo, float[] y, int yo, int n) {
        maps.exp(x, xo, y, yo, n);
    }

    @Override
    public void log(float[] x, int xo, float[] y, int yo, int n) {
        maps.log(x, xo, y, yo, n);
    }

    @Override
    public void tanh(float[] x, int xo, float[] y, int yo, int n) {
        maps.tanh(x, xo, y, yo, n);
    }

    @Override
    public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
        maps.sigmoid(x, xo, y, yo, n);
    }

    @Override
    public void erf(float[] x, int xo, float[] y, int yo, int n) {
        maps.erf(x, xo, y, yo, n);
    }

    @Override
    public void gelu(float[] x, int xo, float[] y, int yo, int n) {
        maps.gelu(x, xo, y, yo, n);
    }

    @Override
    public void softplus(float[] x, int xo, float[] y, int yo, int n) {
        maps.softplus(x, xo, y, yo, n);
    }

    @Override
    public float sum(float[] x, int xo, int n) {
        return rows.sum(x, xo, n);
    }

    @Override
    public float dot(float[] a, int ao, float[] b, int bo, int n) {
        return rows.dot(a, ao, b, bo, n);
    }

    @Override
    public float max(float[] x, int xo, int n) {
        return rows.max(x, xo, n);
    }

    @Override
    public void addTo(float[] x, int xo, float[] y, int yo, int n) {
        rows.addTo(x, xo, y, yo, n);
    }

    @Override
    public void reluBackward(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        rows.reluBackward(a, ao, b, bo, y, yo, n);
    }

    @Override
    public void softmax(int count, int cols, float[] x, int xo, float[] y, int yo) {
        rows.softmax(count, cols, x, xo, y, yo);
    }

    @Override
    public void logSoftmax(int count, int cols, float[] x, int xo, float[] y, int yo) {
        rows.logSoftmax(count, cols, x, xo, y, yo);
    }

    @Override
    public float logSumExp(float[] x, int xo, int n) {
        return rows.logSumExp(x, xo, n);
    }

    @Override
    public void update(UpdateRule rule, int from, int to, float[] value, float[] gradient, float[] first,
            float[] second, long[] kept, float[] out) {
        updates.update(rule, from, to, value, gradient, first, second, kept, out);
    }

    /** The kernels that answer until the warm-up is over. */
    Kernels standIn() {
        return scalar;
    }

    /** The kernels being warmed up. */
    Kernels warming() {
        return vector;
    }
}
