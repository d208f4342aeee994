package org.espalier.kernel;

/**
 * Products of a sparse matrix W [rows × cols] with dense operands, y = activation(W·x + bias): the counterpart of
 * {@link Kernels} for weights of which only some are stored.
 *
 * <p>Every implementation gives the same bits for the same arguments: an element of a product is one chain of fused
 * multiply-adds over the stored entries of its row, in ascending order of the column, starting from +0; then one
 * addition of the bias, then the activation. So a result does not depend on the batch it is in. An entry that is
 * stored although it is zero multiplies like any other. For finite x it changes nothing but possibly the sign of a
 * zero; for an infinite or NaN x it makes the sum NaN, as the zero of a dense matrix does.
 *
 * <p>A batch has the layout features × batch: feature i of sample j is {@code x[xo + i * ldx + j]}; with {@code transX}
 * it is {@code x[xo + j * ldx + i]}, and the same holds for y and {@code transY}. Arguments are
 * trusted, {@code y} overlaps no input, and a null bias means none. Implementations may be used from several threads
 * at once, run on the calling thread only and allocate nothing once warm.
 */
public interface SparseKernels {
    /** Rows of W in a slice of {@link Sell}. */
    int SELL_ROWS = 4;

    /** Columns that {@link Sell} can have at most: those that two bytes can number. */
    int SELL_COLUMNS = 1 << Character.SIZE;

    /**
     * Rows in slices of four. The rows, in the order {@code order}, are taken {@value #SELL_ROWS} at a time. A slice
     * has steps of one entry for each of its rows, as many as its shortest row has entries; the further entries of a
     * row are its tail. In both, the columns of a row ascend.
     *
     * @param order place p computes row {@code order[p]}
     * @param steps slice s has the steps from {@code steps[s]} to before the next element; a last slice of fewer rows
     *              has none
     * @param columns the columns of a step, that of its first row in the lowest 16 bits
     * @param values the values of a step, one after the other
     * @param tails the row at place p has the tail from {@code tails[p]} to before the next element
     * @param tailColumns the column of each entry of the tails
     * @param tailValues the value of each entry of the tails
     */
    record Sell(int[] order, int[] steps, long[] columns, float[] values, int[] tails, char[] tailColumns,
            float[] tailValues) {}

    /**
     * Which entries compressed rows store. An entry is a block of {@code height} rows × 1 column, and what has its
     * entries together is a row of blocks; with a height of 1, a row. The entries stand in order of their block of
     * columns, then of their row of blocks.
     *
     * @param height 1 or a multiple of 4
     * @param rows rows of W; the last row of blocks may reach beyond them
     * @param cols columns of W
     * @param width columns of a block of columns, at most {@value #CSR_COLUMNS}
     * @param offsets block of columns b, row of blocks r has the entries from {@code offsets[b * ⌈rows / height⌉ + r]}
     *                to before the next element
     * @param columns the column of each entry within its block of columns, ascending within a row
     */
    record Csr(int height, int rows, int cols, int width, int[] offsets, char[] columns) {
        /** Rows of blocks, the last one perhaps not complete. */
        public int blockRows() {
            return Math.ceilDiv(rows, height);
        }
    }

    /** Rows of W that the permute layout computes together. */
    int PERMUTE_ROWS = 64;

    /** Columns from one window of the permute layout to the next. */
    int PERMUTE_STEP = 16;

    /** Inputs that the permute layout selects from: a window overlaps the next. */
    int PERMUTE_WINDOW = 32;

    /**
     * The permute layout. The rows, in the order {@code order}, are taken {@value #PERMUTE_ROWS} at a time (a group).
     * A group goes over the columns in steps of {@value #PERMUTE_STEP}, and has at each step slots of one entry per
     * row, from the {@value #PERMUTE_WINDOW} columns that begin there.
     *
     * @param order place p computes row {@code order[p]}
     * @param slots group g has the slots from {@code slots[g]} to before the next element
     * @param steps the step of each slot, ascending within a group
     * @param indices per slot and row, the entry's column, counted from the first of the step; the columns of a row's
     *                entries ascend, padding may stand between them
     * @param values per slot and row, the entry's value; padding is 0
     */
    record Permute(int[] order, int[] slots, char[] steps, byte[] indices, float[] values) {}

    /** Rows that the bitmap layout computes together. */
    int BITMAP_ROWS = 64;

    /** Values behind the last that a vector may read. */
    int BITMAP_PADDING = 16;

    /**
     * The bitmap layout. The rows are taken {@value #BITMAP_ROWS} at a time (a group), and a group goes over the
     * columns.
     *
     * @param starts the values of group g begin with element {@code starts[g]}
     * @param bits bit r mod {@value #BITMAP_ROWS} of element {@code r / 64 * cols + c} tells that row r has a value in
     *             column c
     * @param values in order of the group, the column, the row; then {@value #BITMAP_PADDING} more
     */
    record Bitmap(int[] starts, long[] bits, float[] values) {}

    /** Samples whose products are summed up in lanes. */
    int SDDMM_SAMPLES = 128;

    /** Columns that a block of compressed rows has at most. */
    int CSR_COLUMNS = 1024;

    /** The scalar implementation: the specification, and the fallback. */
    static SparseKernels scalar() {
        return ScalarSparse.INSTANCE;
    }

    /** Whether warm-up is complete. Until then scalar kernels may answer, so measurements must wait. */
    default boolean settled() {
        return true;
    }

    /** Whether {@link #permuteVector} is the fastest way for single samples here; elsewhere {@link #sellVector} is. */
    default boolean permutes() {
        return false;
    }

    /**
     * Compressed rows times a batch, features × samples or samples × features.
     *
     * @param values the {@code height} values of each entry, one entry after the other
     * @param from the first row to compute, a multiple of the height; for several threads that share a product
     * @param to the row after the last one to compute
     */
    void csr(Csr w, float[] values, boolean transX, boolean transY, int from, int to, int batch, float[] x, int xo,
            int ldx, float[] bias, FusedActivation activation, float[] y, int yo, int ldy);

    /** Compressed rows times one vector, both vectors contiguous; the arguments of {@link #csr}. */
    void csrVector(Csr w, float[] values, int from, int to, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo);

    /**
     * Slices of rows times one vector, both vectors contiguous.
     *
     * @param from the first place to compute, a multiple of {@value #SELL_ROWS}
     * @param to the place after the last one to compute
     */
    void sellVector(Sell w, int from, int to, int cols, float[] x, int xo, float[] bias, FusedActivation activation,
            float[] y, int yo);

    /**
     * The permute layout times one vector, both vectors contiguous.
     *
     * @param from the first place to compute, a multiple of {@value #PERMUTE_ROWS}
     * @param to the place after the last one to compute
     */
    void permuteVector(Permute w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo);

    /**
     * The bitmap layout times one vector, both vectors contiguous; what a row has no bit for is multiplied as +0.
     *
     * @param from the first row to compute, a multiple of {@value #BITMAP_ROWS}
     * @param to the row after the last one to compute
     */
    void bitmapVector(Bitmap w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo);

    /**
     * The gradient of the entries of compressed rows, height 1: for each entry of the rows [from, to) the element of
     * Gᵀ·X there, so a dense product is computed only where it is asked for. The samples are taken {@value
     * #SDDMM_SAMPLES} at a time, and what they sum up to is added in order. In such a part sample i belongs to lane
     * i mod {@value Kernels#LANES}; a lane is one chain of fused multiply-adds in ascending order starting from +0, and
     * the lanes are folded in halves (8, 4, 2, 1).
     *
     * @param g [batch × rows], contiguous
     * @param x [batch × cols], contiguous
     * @param out a value per entry
     */
    void sddmm(Csr w, int from, int to, int batch, float[] g, float[] x, float[] out);
}
