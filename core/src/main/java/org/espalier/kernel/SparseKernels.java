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

    /** Vectors of rows that {@link Permute} computes together: a group. */
    int PERMUTE_VECTORS = 4;

    /** Columns that {@link Permute} can have at most: those that two bytes can number, but for the last. */
    int PERMUTE_COLUMNS = (1 << Character.SIZE) - 1;

    /** The element of {@link Permute#bases} that ends a group before its last slot. No window can begin there. */
    long PERMUTE_END = -1;

    /**
     * Rows in groups of {@value #PERMUTE_VECTORS} vectors, each entry selected from a window of neighbouring inputs. A
     * slot has an entry for each row of a group; its column lies in the window of the slot, which begins at any column
     * and is the same for all rows of a vector. The columns of a row's entries ascend from slot to slot; padding, of
     * value 0, may stand between them.
     *
     * @param lanes rows of a vector: 4, 8 or 16. With 16, a window has 32 columns and all vectors of a group share it;
     *              otherwise it has as many columns as the vector has rows
     * @param order place p computes row {@code order[p]}
     * @param slots group g has the slots from {@code slots[g]} to before the next element, a multiple of those that
     *              share an int of indices
     * @param bases the first column of each slot's windows, that of the first vector in the lowest 16 bits;
     *              {@link #PERMUTE_END} in slots that a group does not use, which are its last
     * @param indices for {@link #together} slots and each row, where in the window their columns are, the first slot in
     *                the lowest {@link #bits}. Empty if all are 0, so that the rows of each vector have the same
     *                columns; not with 16 lanes
     * @param values per slot and row, the entry's value
     */
    record Permute(int lanes, int[] order, int[] slots, long[] bases, int[] indices, float[] values) {
        /** Rows of a group. */
        public int rows() {
            return PERMUTE_VECTORS * lanes;
        }

        /** Columns of a window on vectors of this many lanes. */
        public static int window(int lanes) {
            return lanes == 16 ? 32 : lanes;
        }

        /** Bits of an index: at least as many as {@link #window} needs. */
        public static int bits(int lanes) {
            return lanes == 16 ? 5 : 4;
        }

        /** Slots whose indices stand in one int. */
        public static int together(int lanes) {
            return Integer.SIZE / bits(lanes);
        }

        /** Whether a slot is behind the last that its group uses. */
        public boolean ends(int slot) {
            return bases[slot] == PERMUTE_END;
        }

        /** The column of the entry that a row of a group, counted from 0, has in a slot. */
        public int column(int slot, int row) {
            int base = (int) (bases[slot] >>> Character.SIZE * (row / lanes)) & Character.MAX_VALUE;
            if (indices.length == 0) {
                return base;
            }
            int word = indices[slot / together(lanes) * rows() + row];
            return base + (word >>> bits(lanes) * (slot % together(lanes)) & window(lanes) - 1);
        }
    }

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

    /** The lanes of {@link Permute} that {@link #permuteVector} is made for here; 0 where it runs without vectors. */
    default int permuteLanes() {
        return 0;
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
     * @param from the first place to compute, a multiple of the rows of a group
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
