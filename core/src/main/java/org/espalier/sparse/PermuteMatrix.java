package org.espalier.sparse;

import java.util.Arrays;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The layout for single samples: some vectors of rows side by side take one entry each from a window of neighbouring
 * columns, so that inputs are selected within registers instead of gathered from memory.
 *
 * <p>A window begins at the first column that any of its rows has not had yet, so it never stands where nothing is.
 * Rows that have no entry in it are filled up with a zero. Exact for patterns of n entries in every window's width of
 * columns (32 with vectors of 16 lanes, 8 with 8, 4 with 4), and for blocks as high as a vector of 4 or 8 lanes, which
 * need no indices. For any other pattern rows that fit each other are put together; stored are about 1.6 entries for
 * each one of a random pattern at 90 % sparsity with 16 lanes, 2 with 8 or 4.
 */
public final class PermuteMatrix extends SharedRows {
    /** The most columns there can be: a column takes two bytes. */
    public static final int WIDEST = SparseKernels.PERMUTE_COLUMNS;

    /** The lanes of the layout where no vectors compute it. */
    private static final int NARROWEST = 4;

    private final int nnz;
    private final SparseKernels.Permute layout;

    private PermuteMatrix(int cols, int nnz, SparseKernels.Permute layout) {
        super(layout.order().length, cols, 2 * layout.rows(),
                new RowPartition(layout.order().length, layout.rows(), layout.slots()));
        this.nnz = nnz;
        this.layout = layout;
    }

    /**
     * The elements of a matrix that are not zero (NaN is not), for the vectors of this machine.
     *
     * @throws ShapeException if the tensor is no matrix, or has more than {@link #WIDEST} columns
     */
    public static PermuteMatrix of(Tensor dense) {
        int lanes = KernelChoice.current().sparse().permuteLanes();
        return of(lanes == 0 ? NARROWEST : lanes, dense);
    }

    /** The same for vectors of 4, 8 or 16 lanes; on others, {@code linear} is slow. */
    static PermuteMatrix of(int lanes, Tensor dense) {
        Offsets.requireMatrix("permute", dense);
        int rows = dense.dim(0);
        int cols = dense.dim(1);
        if (cols > WIDEST) {
            throw new ShapeException("permute: " + cols + " columns, the most are " + WIDEST);
        }
        float[] elements = Storage.array(dense);
        int[] counts = Offsets.entries(rows, cols, elements);
        return new PermuteMatrix(
                cols, Arrays.stream(counts).sum(), PermuteFilling.fill(lanes, counts, cols, elements));
    }

    @Override
    public int nnz() {
        return nnz;
    }

    /** What is computed, with the filling, for each entry of the pattern; 1 for a perfect fit or no entries. */
    public double fill() {
        long used = 0;
        for (int slot = 0; slot < layout.bases().length; slot++) {
            used += layout.ends(slot) ? 0 : layout.rows();
        }
        return nnz == 0 ? 1 : (double) used / nnz;
    }

    @Override
    public long bytes() {
        return 4L * (layout.values().length + layout.indices().length + layout.slots().length
                + layout.order().length) + 8L * layout.bases().length;
    }

    @Override
    public Tensor toDense() {
        var shape = Shape.of(rows(), cols());
        var elements = new float[shape.size()];
        int group = layout.rows();
        for (int place = 0; place < rows(); place++) {
            int row = place % group;
            int end = layout.slots()[place / group + 1];
            for (int s = layout.slots()[place / group]; s < end && !layout.ends(s); s++) {
                float value = layout.values()[s * group + row];
                if (value != 0) {
                    elements[layout.order()[place] * cols() + layout.column(s, row)] = value;
                }
            }
        }
        return Storage.adopt(shape, elements);
    }

    @Override
    void sample(int first, int end, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        KernelChoice.current().sparse().permuteVector(layout, first, end, cols(), x, xo, bias, activation, y, yo);
    }

    /** For example {@code PermuteMatrix[300 × 784, 23520 entries]}. */
    @Override
    public String toString() {
        return "PermuteMatrix[" + rows() + " × " + cols() + ", " + nnz + " entries]";
    }
}
