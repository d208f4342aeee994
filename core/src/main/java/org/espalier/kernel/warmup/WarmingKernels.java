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
 * that family overtake. It begins with the first call of the family. Which of the two answers can be told from the
 * clock only, never from the results.
 */
public final class WarmingKernels implements Kernels {
    private final ScalarKernels scalar;
    private final VectorKernels vector;
    private final WarmUp warmUp;

    /** By kind; those of products by how their operands are stored and by the class of their sizes. */
    private final Family[] families = new Family[DenseFamily.Kind.values().length];
    private final Family[] products = new Family[4 * DenseFamily.CLASSES];
    private final Family[] packed = new Family[DenseFamily.CLASSES];

    WarmingKernels(ScalarKernels scalar, VectorKernels vector, WarmUp warmUp) {
        this.scalar = scalar;
        this.vector = vector;
        this.warmUp = warmUp;
        for (var kind : DenseFamily.Kind.values()) {
            families[kind.ordinal()] = new DenseFamily(warmUp, kind, scalar, vector, false, false, 0);
        }
        for (int sizes = 0; sizes < DenseFamily.CLASSES; sizes++) {
            for (int stored = 0; stored < 4; stored++) {
                products[stored * DenseFamily.CLASSES + sizes] = new DenseFamily(warmUp, DenseFamily.Kind.PRODUCTS,
                        scalar, vector, (stored & 1) != 0, (stored & 2) != 0, sizes);
            }
            packed[sizes] = new DenseFamily(warmUp, DenseFamily.Kind.PACKED, scalar, vector, false, true, sizes);
        }
    }

    /** These vector kernels behind the scalar ones. */
    public static Kernels of(Kernels vector) {
        return new WarmingKernels(ScalarKernels.INSTANCE, (VectorKernels) vector, new WarmUp());
    }

    private Kernels of(DenseFamily.Kind kind) {
        return families[kind.ordinal()].isReady() ? vector : scalar;
    }

    Family family(DenseFamily.Kind kind) {
        return families[kind.ordinal()];
    }

    Family product(boolean transA, boolean transB, int m, int n) {
        int stored = (transA ? 1 : 0) + (transB ? 2 : 0);
        return products[stored * DenseFamily.CLASSES + DenseFamily.sizes(m, n)];
    }

    Family packed(int m, int n) {
        return packed[DenseFamily.sizes(m, n)];
    }

    /** Whether the activation of a layer, too, is compiled. */
    private boolean isReady(FusedActivation activation) {
        return switch (activation) {
            case NONE, RELU -> true;
            case TANH -> family(DenseFamily.Kind.TANH).isReady();
            case SIGMOID -> family(DenseFamily.Kind.SIGMOID).isReady();
            case GELU -> family(DenseFamily.Kind.GELU).isReady();
        };
    }

    @Override
    public boolean settled() {
        return warmUp.settled();
    }

    @Override
    public String name() {
        return vector.name();
    }

    @Override
    public void gemm(boolean transA, boolean transB, int m, int n, int k, float[] a, int ao, int lda, float[] b,
            int bo, int ldb, boolean accumulate, float[] c, int co, int ldc) {
        (product(transA, transB, m, n).isReady() ? vector : scalar).gemm(transA, transB, m, n, k, a, ao, lda, b, bo,
                ldb, accumulate, c, co, ldc);
    }

    /** By rows, as the scalar kernels want it, until the vector kernels are ready. */
    @Override
    public PackedMatrix pack(boolean transB, int k, int n, float[] b, int bo, int ldb) {
        var rows = scalar.pack(transB, k, n, b, bo, ldb);
        return new PackedMatrix(this, k, n, rows.dataFor(scalar));
    }

    /** The matrix for the vector kernels, packed by them when they first need it; from rows, which takes no vector. */
    private PackedMatrix forVectors(PackedMatrix b) {
        float[] rows = b.dataFor(this);
        if (rows != null) {
            b.replaceBy(vector.pack(false, b.k(), b.n(), rows, 0, b.n()));
        }
        return b.replacement();
    }

    @Override
    public void gemmPacked(boolean transA, int m, float[] a, int ao, int lda, PackedMatrix b, boolean accumulate,
            float[] c, int co, int ldc) {
        float[] rows = b.dataFor(this);
        if (packed(m, b.n()).isReady()) {
            vector.gemmPacked(transA, m, a, ao, lda, forVectors(b), accumulate, c, co, ldc);
        } else if (rows != null) {
            scalar.gemm(transA, false, m, b.n(), b.k(), a, ao, lda, rows, 0, b.n(), accumulate, c, co, ldc);
        } else {
            vector.gemmPackedBy(scalar, transA, m, a, ao, lda, b.replacement(), accumulate, c, co, ldc);
        }
    }

    @Override
    public void linear(int m, int n, int k, float[] x, int xo, float[] w, int wo, float[] bias, int biasOffset,
            FusedActivation activation, float[] y, int yo, int ldy) {
        (product(false, true, m, n).isReady() & isReady(activation) ? vector : scalar).linear(m, n, k, x, xo, w, wo,
                bias, biasOffset, activation, y, yo, ldy);
    }

    @Override
    public void linearPacked(int m, float[] x, int xo, PackedMatrix w, float[] bias, int biasOffset,
            FusedActivation activation, float[] y, int yo, int ldy) {
        if (packed(m, w.n()).isReady() & isReady(activation)) {
            vector.linearPacked(m, x, xo, forVectors(w), bias, biasOffset, activation, y, yo, ldy);
        } else {
            gemmPacked(false, m, x, xo, w.k(), w, false, y, yo, ldy);
            scalar.finish(m, w.n(), bias, biasOffset, activation, y, yo, ldy);
        }
    }

    @Override
    public void transpose(int rows, int cols, float[] x, int xo, float[] y, int yo) {
        of(DenseFamily.Kind.TRANSPOSE).transpose(rows, cols, x, xo, y, yo);
    }

    @Override
    public void exp(float[] x, int xo, float[] y, int yo, int n) {
        of(DenseFamily.Kind.EXP).exp(x, xo, y, yo, n);
    }

    @Override
    public void log(float[] x, int xo, float[] y, int yo, int n) {
        of(DenseFamily.Kind.LOG).log(x, xo, y, yo, n);
    }

    @Override
    public void tanh(float[] x, int xo, float[] y, int yo, int n) {
        of(DenseFamily.Kind.TANH).tanh(x, xo, y, yo, n);
    }

    @Override
    public void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
        of(DenseFamily.Kind.SIGMOID).sigmoid(x, xo, y, yo, n);
    }

    @Override
    public void erf(float[] x, int xo, float[] y, int yo, int n) {
        of(DenseFamily.Kind.ERF).erf(x, xo, y, yo, n);
    }

    @Override
    public void gelu(float[] x, int xo, float[] y, int yo, int n) {
        of(DenseFamily.Kind.GELU).gelu(x, xo, y, yo, n);
    }

    @Override
    public void softplus(float[] x, int xo, float[] y, int yo, int n) {
        of(DenseFamily.Kind.SOFTPLUS).softplus(x, xo, y, yo, n);
    }

    @Override
    public float sum(float[] x, int xo, int n) {
        return of(DenseFamily.Kind.REDUCTIONS).sum(x, xo, n);
    }

    @Override
    public float dot(float[] a, int ao, float[] b, int bo, int n) {
        return of(DenseFamily.Kind.REDUCTIONS).dot(a, ao, b, bo, n);
    }

    @Override
    public float max(float[] x, int xo, int n) {
        return of(DenseFamily.Kind.REDUCTIONS).max(x, xo, n);
    }

    @Override
    public void addTo(float[] x, int xo, float[] y, int yo, int n) {
        of(DenseFamily.Kind.ELEMENTWISE).addTo(x, xo, y, yo, n);
    }

    @Override
    public void reluBackward(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n) {
        of(DenseFamily.Kind.ELEMENTWISE).reluBackward(a, ao, b, bo, y, yo, n);
    }

    @Override
    public void softmax(int count, int cols, float[] x, int xo, float[] y, int yo) {
        of(DenseFamily.Kind.SOFTMAX).softmax(count, cols, x, xo, y, yo);
    }

    @Override
    public void logSoftmax(int count, int cols, float[] x, int xo, float[] y, int yo) {
        of(DenseFamily.Kind.SOFTMAX).logSoftmax(count, cols, x, xo, y, yo);
    }

    @Override
    public float logSumExp(float[] x, int xo, int n) {
        return of(DenseFamily.Kind.REDUCTIONS).logSumExp(x, xo, n);
    }

    @Override
    public void update(UpdateRule rule, int from, int to, float[] value, float[] gradient, float[] first,
            float[] second, long[] kept, float[] out) {
        of(DenseFamily.Kind.UPDATES).update(rule, from, to, value, gradient, first, second, kept, out);
    }
}
