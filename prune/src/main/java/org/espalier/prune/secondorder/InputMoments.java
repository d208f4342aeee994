package org.espalier.prune.secondorder;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;

/**
 * What a layer's inputs say about the error of changing its weights: H = 2·Σ x·xᵀ over the samples. Changing one row of
 * the weight by δ changes the sum of its squared outputs' errors by ½·δ·H·δᵀ, the same H for every row.
 *
 * <p>Sums are in double precision. Inputs that are zero in all samples are dead: their weights change nothing. Cost:
 * samples·in² for H, in³ for the inverse and the factor.
 */
public final class InputMoments {
    private static final double ROUNDING = 1e-14;

    private final String layer;
    private final int in;
    private final int samples;
    private final double[] h;

    private InputMoments(String layer, int in, int samples, double[] h) {
        this.layer = layer;
        this.in = in;
        this.samples = samples;
        this.h = h;
    }

    /** Of rows of {@code in} values each. */
    public static InputMoments of(String layer, int in, List<float[]> batches) {
        var h = new double[in * in];
        int samples = 0;
        for (var x : batches) {
            for (int row = 0; row < x.length; row += in) {
                for (int i = 0; i < in; i++) {
                    double twice = 2.0 * x[row + i];
                    for (int j = 0; j <= i; j++) {
                        h[i * in + j] += twice * x[row + j];
                    }
                }
                samples++;
            }
        }
        for (int i = 0; i < in; i++) {
            for (int j = 0; j < i; j++) {
                h[j * in + i] = h[i * in + j];
            }
        }
        return new InputMoments(layer, in, samples, h);
    }

    /** The number of inputs. */
    public int in() {
        return in;
    }

    /** The diagonal element of H of an input. */
    public double diagonal(int input) {
        return h[input * in + input];
    }

    /** The same of inputs in another order: number i is what was number {@code order[i]}. */
    public InputMoments ordered(int... order) {
        var other = new double[in * in];
        for (int i = 0; i < in; i++) {
            for (int j = 0; j < in; j++) {
                other[i * in + j] = h[order[i] * in + order[j]];
            }
        }
        return new InputMoments(layer, in, samples, other);
    }

    /** Whether an input is zero in all samples. */
    public boolean isDead(int input) {
        return h[input * in + input] == 0;
    }

    /** ½·Σ δ·H·δᵀ over the rows: the sum of squared errors of the outputs. */
    public double error(double[] before, double[] after) {
        double error = 0;
        var change = new double[in];
        for (int row = 0; row < before.length; row += in) {
            for (int i = 0; i < in; i++) {
                change[i] = after[row + i] - before[row + i];
            }
            for (int i = 0; i < in; i++) {
                for (int j = 0; j < in && change[i] != 0; j++) {
                    error += 0.5 * change[i] * h[i * in + j] * change[j];
                }
            }
        }
        return error;
    }

    /**
     * The inverse of H + λ·I, λ = damping times the mean of the diagonal, [in, in] in row-major order; dead inputs have
     * 1 on the diagonal.
     *
     * @throws FactorizationException if the matrix is not positive definite
     */
    public double[] inverse(double damping) {
        return inverted(damping).data;
    }

    private DMatrixRMaj inverted(double damping) {
        var damped = new DMatrixRMaj(in, in, true, h.clone());
        double mean = 0;
        for (int i = 0; i < in; i++) {
            if (isDead(i)) {
                damped.set(i, i, 1);
            }
            mean += damped.get(i, i) / in;
        }
        for (int i = 0; i < in; i++) {
            damped.add(i, i, damping * mean);
        }
        requirePositive(damped, damping);
        var solver = LinearSolverFactory_DDRM.chol(in);
        if (!solver.setA(damped)) {
            throw failure(damping);
        }
        var inverse = new DMatrixRMaj(in, in);
        solver.invert(inverse);
        return finite(inverse, damping);
    }

    /**
     * U with UᵀU = the inverse, U upper triangular, [in, in] in row-major order.
     *
     * @throws FactorizationException if the matrix is not positive definite
     */
    public double[] factor(double damping) {
        var cholesky = DecompositionFactory_DDRM.chol(in, false);
        var inverse = inverted(damping);
        if (!cholesky.decompose(inverse)) {
            throw failure(damping);
        }
        return finite(cholesky.getT(null), damping).data;
    }

    /** A pivot that is no more than the rounding of its diagonal element is as good as zero or negative. */
    private void requirePositive(DMatrixRMaj matrix, double damping) {
        var cholesky = DecompositionFactory_DDRM.chol(in, true);
        if (!cholesky.decompose(matrix.copy())) {
            throw failure(damping);
        }
        var factor = cholesky.getT(null);
        for (int i = 0; i < in; i++) {
            double pivot = factor.get(i, i) * factor.get(i, i);
            if (!(pivot > in * ROUNDING * matrix.get(i, i))) {
                throw failure(damping);
            }
        }
    }

    private DMatrixRMaj finite(DMatrixRMaj matrix, double damping) {
        for (double value : matrix.data) {
            if (!Double.isFinite(value)) {
                throw failure(damping);
            }
        }
        return matrix;
    }

    private FactorizationException failure(double damping) {
        return new FactorizationException(layer, in, samples, damping);
    }
}
