package org.espalier.sparse;

import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A bit for each weight, and the values of those that are not zero: 64 rows to a group, column after column. Computed
 * like a dense matrix, but less is read: for single samples and matrices that do not fit in the caches, at 50 to 70 %
 * zeros.
 */
public final class BitmapMatrix extends SharedRows {
    private static final int ROWS = SparseKernels.BITMAP_ROWS;

    private final SparseKernels.Bitmap layout;

    private BitmapMatrix(int rows, int cols, SparseKernels.Bitmap layout) {
        super(rows, cols, RowPartition.ALONE, new RowPartition(rows, ROWS, layout.starts()));
        this.layout = layout;
    }

    /**
     * The elements of a matrix that are not zero (NaN is not).
     *
     * @throws org.espalier.tensor.ShapeException if the tensor is no matrix
     */
    public static BitmapMatrix of(Tensor dense) {
        Offsets.requireMatrix("bitmap", dense);
        int rows = dense.dim(0);
        int cols = dense.dim(1);
        float[] elements = Storage.array(dense);
        int nnz = 0;
        for (float element : elements) {
            nnz += element != 0 ? 1 : 0;
        }
        int groups = Math.ceilDiv(rows, ROWS);
        var starts = new int[groups + 1];
        var bits = new long[Math.multiplyExact(groups, cols)];
        var values = new float[nnz + SparseKernels.BITMAP_PADDING];
        int count = 0;
        for (int g = 0; g < groups; g++) {
            for (int c = 0; c < cols; c++) {
                for (int r = g * ROWS; r < Math.min(rows, (g + 1) * ROWS); r++) {
                    float value = elements[r * cols + c];
                    if (value != 0) {
                        bits[g * cols + c] |= 1L << r;
                        values[count++] = value;
                    }
                }
            }
            starts[g + 1] = count;
        }
        return new BitmapMatrix(rows, cols, new SparseKernels.Bitmap(starts, bits, values));
    }

    @Override
    public int nnz() {
        return layout.starts()[layout.starts().length - 1];
    }

    @Override
    public long bytes() {
        return 4L * (layout.values().length + layout.starts().length) + 8L * layout.bits().length;
    }

    @Override
    public Tensor toDense() {
        var shape = Shape.of(rows(), cols());
        var elements = new float[shape.size()];
        int count = 0;
        for (int i = 0; i < layout.bits().length; i++) {
            for (long left = layout.bits()[i]; left != 0; left &= left - 1) {
                int row = i / cols() * ROWS + Long.numberOfTrailingZeros(left);
                elements[row * cols() + i % cols()] = layout.values()[count++];
            }
        }
        return Storage.adopt(shape, elements);
    }

    @Override
    void sample(int first, int end, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        KernelChoice.current().sparse().bitmapVector(
                layout, first, end, cols(), x, xo, bias, activation, y, yo);
    }

    /** For example {@code BitmapMatrix[4096 × 4096, 5033165 entries]}. */
    @Override
    public String toString() {
        return "BitmapMatrix[" + rows() + " × " + cols() + ", " + nnz() + " entries]";
    }
}
