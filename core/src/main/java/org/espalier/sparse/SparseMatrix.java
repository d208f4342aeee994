package org.espalier.sparse;

import org.espalier.kernel.FusedActivation;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A matrix W [rows × cols] of which only some entries are stored; the others are +0. An immutable value, shareable
 * between threads.
 *
 * <p>An element of a product is one chain of fused multiply-adds over the stored entries of its row in ascending order
 * of the column, so for finite inputs all layouts, batch sizes and machines give the same bits, save the sign of a
 * zero that a sum underflowed to. Layouts that fill up with stored zeros turn an infinite or NaN input into NaN where
 * {@link CsrMatrix} skips it; the dense product does the same.
 */
public sealed interface SparseMatrix permits SharedRows {
    /** Rows: outputs of a layer. */
    int rows();

    /** Columns: inputs of a layer. */
    int cols();

    /** Entries that the pattern holds, without what a layout fills up with. */
    int nnz();

    /** Bytes of the stored values and indices. */
    long bytes();

    /** The matrix [rows, cols]. */
    Tensor toDense();

    /** nnz / (rows · cols); 1 for an empty matrix. */
    default double density() {
        return rows() == 0 || cols() == 0 ? 1 : (double) nnz() / ((double) rows() * cols());
    }

    /**
     * The product X·Wᵀ [batch, rows] of samples X [batch, cols].
     *
     * @throws ShapeException if X has another shape
     */
    default Tensor times(Tensor x) {
        if (x.rank() != 2 || x.dim(1) != cols()) {
            throw new ShapeException("sparse product: needs [batch, " + cols() + "], not " + x.shape());
        }
        var shape = Shape.of(x.dim(0), rows());
        var y = new float[shape.size()];
        linear(x.dim(0), Storage.array(x), 0, null, FusedActivation.NONE, y, 0);
        return Storage.adopt(shape, y);
    }

    /**
     * One layer on arrays, y = activation(x·Wᵀ + bias); allocates nothing once the thread is warm. For the library's
     * own modules, which see the kernels' types; other callers want {@link #times}.
     *
     * @param batch samples
     * @param x [batch × cols] from {@code xo}, row-major
     * @param bias one value per row, or null for none
     * @param y another array, for [batch × rows] from {@code yo}
     * @throws IndexOutOfBoundsException if an array is too short
     */
    @SuppressWarnings("exports") // for org.espalier.nn, which sees the kernels
    void linear(int batch, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo);

    /**
     * Whether this layout multiplies this many samples as features × batch, so that {@link #linear} transposes: then a
     * chain of layers is faster with the other form of it.
     */
    default boolean prefersFeatureMajor(int batch) {
        return false;
    }

    /**
     * {@link #linear} where {@link #prefersFeatureMajor} holds, with x, y or both as features × batch: feature i of
     * sample j is {@code x[xo + i * batch + j]}, row i of the result {@code y[yo + i * batch + j]}. The same bits.
     *
     * @param transX whether x is [batch × cols] as there
     * @param transY whether y is [batch × rows] as there
     * @throws UnsupportedOperationException if this layout never multiplies features × batch
     * @throws IndexOutOfBoundsException if an array is too short
     */
    @SuppressWarnings("exports") // for org.espalier.nn, which sees the kernels
    default void linear(boolean transX, boolean transY, int batch, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        throw new UnsupportedOperationException(this + ": multiplies sample by sample");
    }
}
