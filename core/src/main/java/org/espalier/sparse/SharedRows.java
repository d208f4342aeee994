package org.espalier.sparse;

import org.espalier.kernel.FusedActivation;

/** Layouts whose rows several threads can compute, each its own: so a single sample is shared out too. */
abstract sealed class SharedRows implements SparseMatrix
        permits CompressedRows, SellMatrix, PermuteMatrix, BitmapMatrix {
    private final int rows;
    private final int cols;
    private final int alone;
    private final RowPartition shares;

    /**
     * The rows of a layout.
     *
     * @param alone what an entry of the shares costs with a single sample, as {@link RowPartition#worth} takes it
     */
    SharedRows(int rows, int cols, int alone, RowPartition shares) {
        this.rows = rows;
        this.cols = cols;
        this.alone = alone;
        this.shares = shares;
    }

    @Override
    public final int rows() {
        return rows;
    }

    @Override
    public final int cols() {
        return cols;
    }

    final RowPartition shares() {
        return shares;
    }

    /** Sample by sample. */
    @Override
    @SuppressWarnings("exports")
    public void linear(int batch, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        Arguments.check(this, batch, x, xo, bias, activation, y, yo);
        for (int i = 0; i < batch; i++) {
            int from = xo + i * cols;
            int to = yo + i * rows;
            if (shares.worth(alone)) {
                shares.forRows((first, end) -> sample(first, end, x, from, bias, activation, y, to));
            } else {
                sample(0, rows, x, from, bias, activation, y, to);
            }
        }
    }

    /** {@link #linear} of one sample, the rows [first, end) of the layout. */
    abstract void sample(
            int first, int end, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo);
}
