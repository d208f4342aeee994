package org.espalier.sparse;

import java.util.Arrays;
import org.espalier.kernel.SparseKernels;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Blocks of some consecutive rows × 1 column: the rows of a block share each load of an input, so a batch runs at the
 * speed of dense arithmetic on what is stored. For weights pruned in such blocks; any other matrix fits too, its blocks
 * filled up with zeros.
 */
public final class BlockMatrix extends CompressedRows {
    /** Columns whose inputs are brought into place together. */
    private static final int WIDTH = SparseKernels.CSR_COLUMNS;

    private final int height;
    private final int nnz;

    private BlockMatrix(int height, int rows, int cols, int nnz, int[] offsets, char[] columns, float[] values) {
        super(height, rows, cols, WIDTH, offsets, columns, values);
        this.height = height;
        this.nnz = nnz;
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
        return stored();
    }

    @Override
    public int nnz() {
        return nnz;
    }

    /** For example {@code BlockMatrix[4 × 1, 300 × 784, 5880 blocks]}. */
    @Override
    public String toString() {
        return "BlockMatrix[" + height + " × 1, " + rows() + " × " + cols() + ", " + blocks() + " blocks]";
    }
}
