package org.espalier.sparse;

import java.util.Arrays;
import org.espalier.kernel.Activation;
import org.espalier.kernel.SparseKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Blocks of some consecutive rows × 1 column: the rows of a block share each load of an input, so a batch runs at the
 * speed of dense arithmetic on what is stored. For weights pruned in such blocks; any other matrix fits too, its blocks
 * filled up with zeros.
 */
public final class BlockMatrix implements SparseMatrix {
    /** Columns whose inputs are brought into place together. */
    private static final int WIDTH = SparseKernels.CSR_COLUMNS;

    private final int height;
    private final int rows;
    private final int cols;
    private final int nnz;
    private final int[] offsets;
    private final char[] columns;
    private final float[] values;
    private final Shares shares;

    private BlockMatrix(int height, int rows, int cols, int nnz, int[] offsets, char[] columns, float[] values) {
        this.height = height;
        this.rows = rows;
        this.cols = cols;
        this.nnz = nnz;
        this.offsets = offsets;
        this.columns = columns;
        this.values = values;
        this.shares = new Shares(rows, height, offsets);
    }

    /**
     * The blocks of a matrix that hold an element other than zero (NaN is one).
     *
     * @param height rows of a block: 4, 8 or 16; the last blocks may reach beyond the matrix
     * @throws IllegalArgumentException if the height is another
     * @throws ShapeException if the tensor is no matrix
     */
    public static BlockMatrix of(int height, Tensor dense) {
        requireHeight(height);
        Offsets.requireMatrix("blocks", dense);
        int rows = dense.dim(0);
        int cols = dense.dim(1);
        float[] elements = Storage.array(dense);
        int blockRows = Math.ceilDiv(rows, height);
        var offsets = new int[blockRows * Math.ceilDiv(cols, WIDTH) + 1];
        var columns = new char[Math.multiplyExact(blockRows, cols)];
        var values = new float[Math.multiplyExact(columns.length, height)];
        int count = 0;
        int nnz = 0;
        for (int i = 0; i < offsets.length - 1; i++) {
            int left = i / blockRows * WIDTH;
            for (int c = left; c < Math.min(cols, left + WIDTH); c++) {
                int found = 0;
                int first = i % blockRows * height;
                for (int r = first; r < Math.min(rows, first + height); r++) {
                    float value = elements[r * cols + c];
                    // −0 is not stored as such, so a block that is left out leaves +0 behind
                    values[count * height + r - first] = value + 0f;
                    found += value != 0 ? 1 : 0;
                }
                if (found > 0) {
                    columns[count++] = (char) (c - left);
                    nnz += found;
                }
            }
            offsets[i + 1] = count;
        }
        return new BlockMatrix(
                height, rows, cols, nnz, offsets, Arrays.copyOf(columns, count), Arrays.copyOf(values, count * height));
    }

    /**
     * Checks a block's height before there is a matrix.
     *
     * @throws IllegalArgumentException if it is not 4, 8 or 16
     */
    public static void requireHeight(int height) {
        if (height != 4 && height != 8 && height != 16) {
            throw new IllegalArgumentException("blocks: a height of " + height + ", but it must be 4, 8 or 16");
        }
    }

    /** Rows of a block. */
    public int height() {
        return height;
    }

    /** Blocks that are stored. */
    public int blocks() {
        return columns.length;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int cols() {
        return cols;
    }

    @Override
    public int nnz() {
        return nnz;
    }

    @Override
    public long bytes() {
        return 4L * (values.length + offsets.length) + 2L * columns.length;
    }

    @Override
    public Tensor toDense() {
        var shape = Shape.of(rows, cols);
        var elements = new float[shape.size()];
        int blockRows = Math.ceilDiv(rows, height);
        for (int i = 0; i < offsets.length - 1; i++) {
            int first = i % blockRows * height;
            for (int p = offsets[i]; p < offsets[i + 1]; p++) {
                for (int r = first; r < Math.min(rows, first + height); r++) {
                    elements[r * cols + i / blockRows * WIDTH + columns[p]] = values[p * height + r - first];
                }
            }
        }
        return Storage.adopt(shape, elements);
    }

    @Override
    @SuppressWarnings("exports")
    public void linear(int batch, float[] x, int xo, float[] bias, Activation activation, float[] y, int yo) {
        if (byFeatures(batch)) {
            linear(true, true, batch, x, xo, bias, activation, y, yo);
            return;
        }
        Arguments.check(this, batch, x, xo, bias, activation, y, yo);
        for (int i = 0; i < batch; i++) {
            int from = xo + i * cols;
            int to = yo + i * rows;
            if (shares.worth(height * Shares.ALONE / 4)) {
                shares.forRows((first, end) -> sample(first, end, x, from, bias, activation, y, to));
            } else {
                sample(0, rows, x, from, bias, activation, y, to);
            }
        }
    }

    private void sample(int first, int end, float[] x, int xo, float[] bias, Activation activation, float[] y, int yo) {
        SparseKernels.active().csrVector(height, rows, first, end, cols, WIDTH, offsets, columns, values, x, xo, bias,
                activation, y, yo);
    }

    @Override
    public boolean byFeatures(int batch) {
        return !Arguments.single(batch);
    }

    @Override
    @SuppressWarnings("exports")
    public void linear(boolean transX, boolean transY, int batch, float[] x, int xo, float[] bias,
            Activation activation, float[] y, int yo) {
        Arguments.check(this, batch, x, xo, bias, activation, y, yo);
        if (shares.worth(height * batch)) {
            shares.forRows((first, end) ->
                    samples(first, end, transX, transY, batch, x, xo, bias, activation, y, yo));
        } else {
            samples(0, rows, transX, transY, batch, x, xo, bias, activation, y, yo);
        }
    }

    private void samples(int first, int end, boolean transX, boolean transY, int batch, float[] x, int xo, float[] bias,
            Activation activation, float[] y, int yo) {
        SparseKernels.active().csr(transX, transY, height, rows, first, end, cols, batch, WIDTH, offsets, columns,
                values, x, xo, transX ? cols : batch, bias, activation, y, yo, transY ? rows : batch);
    }

    /** For example {@code BlockMatrix[4 × 1, 300 × 784, 5880 blocks]}. */
    @Override
    public String toString() {
        return "BlockMatrix[" + height + " × 1, " + rows + " × " + cols + ", " + blocks() + " blocks]";
    }
}
