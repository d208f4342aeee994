package org.espalier.sparse;

import java.util.Arrays;
import org.espalier.kernel.SparseKernels;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Compressed sparse rows: the values and columns of the entries, row after row, within one block of columns after the
 * other. A block is narrow enough that its inputs of some samples stay in the L1 cache, and wide enough that a
 * row has a good dozen entries in it; a column within it takes two bytes. For any pattern; best with batches.
 *
 * {@snippet :
 * import org.espalier.tensor.Tensor;
 * var weight = CsrMatrix.of(Tensor.matrix(new float[] {0, 2, 0}, new float[] {1, 0, 0}));
 * int entries = weight.nnz(); // 2
 * }
 */
public final class CsrMatrix extends CompressedRows {
    private static final int NARROWEST = 128;
    private static final int PER_BLOCK = 16;

    private CsrMatrix(int rows, int cols, int width, int[] offsets, char[] columns, float[] values) {
        super(1, rows, cols, width, offsets, columns, values);
    }

    /** Columns of a block: about as many as wanted, shared out evenly so that none is left with a few. */
    private static int width(int rows, int cols, int entries) {
        int wanted = NARROWEST;
        while (wanted < SparseKernels.CSR_COLUMNS && (long) entries * wanted < (long) PER_BLOCK * rows * cols) {
            wanted *= 2;
        }
        int blocks = Math.max((cols + wanted / 2) / wanted, Math.ceilDiv(cols, SparseKernels.CSR_COLUMNS));
        return Math.max(1, Math.ceilDiv(cols, Math.max(1, blocks)));
    }

    /** Entries in the order of their rows, put in the order of their blocks. */
    private static CsrMatrix blocked(int cols, int[] offsets, int[] columns, float[] values) {
        int rows = offsets.length - 1;
        int width = width(rows, cols, columns.length);
        int blocks = Math.ceilDiv(cols, width);
        var starts = new int[Math.addExact(Math.multiplyExact(blocks, rows), 1)];
        var local = new char[columns.length];
        var reordered = new float[columns.length];
        int[] next = offsets.clone();
        int count = 0;
        for (int b = 0; b < blocks; b++) {
            for (int r = 0; r < rows; r++) {
                for (int p = next[r]; p < offsets[r + 1] && columns[p] / width == b; p = ++next[r]) {
                    local[count] = (char) (columns[p] - b * width);
                    reordered[count++] = values[p];
                }
                starts[b * rows + r + 1] = count;
            }
        }
        return new CsrMatrix(rows, cols, width, starts, local, reordered);
    }

    /**
     * The matrix with these entries; the arrays are copied.
     *
     * @param cols columns of the matrix
     * @param offsets one more than there are rows: row r has the entries from {@code offsets[r]} to before
     *                {@code offsets[r + 1]}
     * @param columns the column of each entry, ascending within a row
     * @param values the value of each entry
     * @throws ShapeException if the arrays do not fit each other
     * @throws IllegalArgumentException if the offsets descend, or a column is out of range or not above the one before
     */
    public static CsrMatrix of(int cols, int[] offsets, int[] columns, float[] values) {
        var checkedOffsets = offsets.clone();
        var checkedColumns = columns.clone();
        Offsets.check("CSR", checkedOffsets, checkedColumns, cols);
        if (values.length != columns.length) {
            throw new ShapeException("CSR: " + values.length + " values for " + columns.length + " columns");
        }
        return blocked(cols, checkedOffsets, checkedColumns, values);
    }

    /**
     * The elements of a matrix that are not zero (NaN is not).
     *
     * @throws ShapeException if the tensor is no matrix
     */
    public static CsrMatrix of(Tensor dense) {
        float[] elements = Storage.array(dense);
        var kept = new boolean[elements.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = elements[i] != 0;
        }
        return of(dense, kept);
    }

    /**
     * The elements of a matrix, in row-major order, that are {@code kept}, even those that are zero.
     *
     * @throws ShapeException if the tensor is no matrix
     */
    public static CsrMatrix of(Tensor dense, boolean[] kept) {
        Offsets.requireMatrix("CSR", dense);
        int rows = dense.dim(0);
        int cols = dense.dim(1);
        float[] elements = Storage.array(dense);
        var offsets = new int[rows + 1];
        var columns = new int[elements.length];
        var values = new float[elements.length];
        int count = 0;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < cols; c++) {
                int i = r * cols + c;
                if (kept[i]) {
                    columns[count] = c;
                    values[count++] = elements[i];
                }
            }
            offsets[r + 1] = count;
        }
        return blocked(cols, offsets, Arrays.copyOf(columns, count), values);
    }

    @Override
    public int nnz() {
        return stored();
    }

    /** For example {@code CsrMatrix[300 × 784, 23520 entries]}. */
    @Override
    public String toString() {
        return "CsrMatrix[" + rows() + " × " + cols() + ", " + nnz() + " entries]";
    }
}
