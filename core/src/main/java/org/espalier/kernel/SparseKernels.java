package org.espalier.kernel;

import java.util.Optional;

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
 * it is {@code x[xo + j * ldx + i]}, and y stays as it is. Arguments are
 * trusted, {@code y} overlaps no input, and a null bias means none. Implementations may be used from several threads
 * at once, run on the calling thread only and allocate nothing once warm.
 */
public interface SparseKernels {
    /** Rows of W that the permute layout computes together. */
    int PERMUTE_ROWS = 64;

    /** Columns from one window of the permute layout to the next. */
    int PERMUTE_STEP = 16;

    /** Inputs that the permute layout selects from: a window overlaps the next. */
    int PERMUTE_WINDOW = 32;

    /** Columns that a block of compressed rows has at most. */
    int CSR_COLUMNS = 1024;

    /** The scalar implementation: the specification, and the fallback. */
    static SparseKernels scalar() {
        return ScalarSparse.INSTANCE;
    }

    /** The Vector API implementation, if this JVM can run it. */
    static Optional<SparseKernels> vector() {
        return Kernels.vector().map(present -> VectorSparse.INSTANCE);
    }

    /** The implementation that goes with {@link Kernels#active}. */
    static SparseKernels active() {
        // With instanceof: a switch over types is made at run time, and a program that starts would wait for it.
        var dense = Kernels.active();
        if (dense instanceof ScalarKernels) {
            return scalar();
        }
        return dense instanceof WarmingKernels ? WarmingSparse.started() : vector().orElseThrow();
    }

    /** Whether nothing stands in for it any more: before, times measured would be those of the stand-in. */
    default boolean settled() {
        return true;
    }

    /**
     * Compressed rows times a batch. The entries stand in order of their block of columns, then of their row.
     *
     * @param width columns of a block, at most {@value #CSR_COLUMNS}
     * @param offsets block b, row r has the entries from {@code offsets[b * rows + r]} to before the next element
     * @param columns the column of each entry within its block, ascending within a row
     * @param values the value of each entry
     */
    void csr(boolean transX, int rows, int cols, int batch, int width, int[] offsets, char[] columns, float[] values,
            float[] x, int xo, int ldx, float[] bias, Activation activation, float[] y, int yo, int ldy);

    /** Compressed rows times one vector, both vectors contiguous; the arguments of {@link #csr}. */
    void csrVector(int rows, int cols, int width, int[] offsets, char[] columns, float[] values, float[] x, int xo,
            float[] bias, Activation activation, float[] y, int yo);

    /**
     * Blocks of {@code height} rows × 1 column, times a batch.
     *
     * @param height a multiple of 4
     * @param rows rows of the product; the last row of blocks may reach beyond them
     * @param offsets row of blocks r has the blocks from {@code offsets[r]} to before {@code offsets[r + 1]}
     * @param columns the column of each block, ascending within a row of blocks
     * @param values the {@code height} values of each block, one block after the other
     */
    void blocks(boolean transX, int height, int rows, int cols, int batch, int[] offsets, int[] columns,
            float[] values, float[] x, int xo, int ldx, float[] bias, Activation activation, float[] y, int yo,
            int ldy);

    /** Blocks times one vector, both vectors contiguous; the arguments of {@link #blocks}. */
    void blocksVector(int height, int rows, int[] offsets, int[] columns, float[] values, float[] x, int xo,
            float[] bias, Activation activation, float[] y, int yo);

    /**
     * The permute layout times one vector. The rows, in the order {@code order}, are taken {@value #PERMUTE_ROWS} at a
     * time (a group). A group goes over the columns in steps of {@value #PERMUTE_STEP}, and has at each step slots of
     * one entry per row, from the {@value #PERMUTE_WINDOW} columns that begin there.
     *
     * @param order place p computes row {@code order[p]}
     * @param slots group g, step t has the slots from {@code slots[g * steps + t]} to before the next element
     * @param indices per slot and row, the entry's column, counted from the first of the step; the columns of a row's
     *                entries ascend, padding may stand between them
     * @param values per slot and row, the entry's value; padding is 0
     */
    void permuteVector(int rows, int cols, int[] order, int[] slots, byte[] indices, float[] values, float[] x,
            int xo, float[] bias, Activation activation, float[] y, int yo);
}
