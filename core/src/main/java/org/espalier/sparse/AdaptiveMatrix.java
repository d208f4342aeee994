package org.espalier.sparse;

import java.util.Optional;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * One matrix in two layouts: {@link CsrMatrix} for batches, and for single samples {@link PermuteMatrix}, or {@link
 * SellMatrix} where no vectors compute that or it would take half as many bytes as the dense matrix.
 */
public final class AdaptiveMatrix implements SparseMatrix {
    /** Densities up to which single samples are faster than a dense product, on any machine measured (Zen 1 to 5). */
    private static final double WIDE_PAYS = 0.35;
    private static final double NARROW_PAYS = 0.1;

    /** Lanes of vectors that select from two registers at once. */
    private static final int WIDE = 16;

    private final CsrMatrix batches;
    private final SparseMatrix singles;

    private AdaptiveMatrix(CsrMatrix batches, SparseMatrix singles) {
        this.batches = batches;
        this.singles = singles;
    }

    /**
     * The elements of a matrix that are not zero (NaN is not); empty where a dense product is likely to be faster on
     * this machine.
     *
     * @throws ShapeException if the tensor is no matrix
     */
    public static Optional<SparseMatrix> of(Tensor dense) {
        var batches = CsrMatrix.of(dense);
        int lanes = KernelChoice.current().sparse().permuteLanes();
        if (batches.density() > (lanes == WIDE ? WIDE_PAYS : NARROW_PAYS) || batches.cols() > SellMatrix.WIDEST) {
            return Optional.empty();
        }
        SparseMatrix singles = lanes > 0 ? PermuteMatrix.of(dense) : SellMatrix.of(dense);
        if (2 * (batches.bytes() + singles.bytes()) > Float.BYTES * (long) dense.size()) {
            // a small matrix fills up a group of rows only in part
            singles = SellMatrix.of(dense);
        }
        return Optional.of(new AdaptiveMatrix(batches, singles));
    }

    @Override
    public int rows() {
        return batches.rows();
    }

    @Override
    public int cols() {
        return batches.cols();
    }

    @Override
    public int nnz() {
        return batches.nnz();
    }

    @Override
    public long bytes() {
        return batches.bytes() + singles.bytes();
    }

    @Override
    public Tensor toDense() {
        return batches.toDense();
    }

    @Override
    @SuppressWarnings("exports")
    public void linear(int batch, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        if (prefersFeatureMajor(batch)) {
            batches.linear(batch, x, xo, bias, activation, y, yo);
        } else {
            singles.linear(batch, x, xo, bias, activation, y, yo);
        }
    }

    @Override
    public boolean prefersFeatureMajor(int batch) {
        return batches.prefersFeatureMajor(batch);
    }

    @Override
    @SuppressWarnings("exports")
    public void linear(boolean transX, boolean transY, int batch, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        batches.linear(transX, transY, batch, x, xo, bias, activation, y, yo);
    }

    /** For example {@code AdaptiveMatrix[300 × 784, 23520 entries]}. */
    @Override
    public String toString() {
        return "AdaptiveMatrix[" + rows() + " × " + cols() + ", " + nnz() + " entries]";
    }
}
