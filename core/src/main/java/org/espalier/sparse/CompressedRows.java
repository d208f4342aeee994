package org.espalier.sparse;

import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Compressed rows of blocks of some rows × 1 column, as {@link SparseKernels#csr} takes them. */
abstract sealed class CompressedRows extends SharedRows permits CsrMatrix, BlockMatrix {
    private final int height;
    private final int width;
    private final int[] offsets;
    private final char[] columns;
    private final float[] values;

    CompressedRows(int height, int rows, int cols, int width, int[] offsets, char[] columns, float[] values) {
        super(rows, cols, height == 1 ? RowPartition.ALONE : height * RowPartition.ALONE / 4,
                new RowPartition(rows, height, offsets));
        this.height = height;
        this.width = width;
        this.offsets = offsets;
        this.columns = columns;
        this.values = values;
    }

    /** Blocks that are stored. */
    final int stored() {
        return columns.length;
    }

    @Override
    public final long bytes() {
        return 4L * (values.length + offsets.length) + 2L * columns.length;
    }

    @Override
    public final Tensor toDense() {
        var shape = Shape.of(rows(), cols());
        var elements = new float[shape.size()];
        int blockRows = Math.ceilDiv(rows(), height);
        for (int i = 0; i < offsets.length - 1; i++) {
            int first = i % blockRows * height;
            int left = i / blockRows * width;
            for (int p = offsets[i]; p < offsets[i + 1]; p++) {
                for (int r = first; r < Math.min(rows(), first + height); r++) {
                    elements[r * cols() + left + columns[p]] = values[p * height + r - first];
                }
            }
        }
        return Storage.adopt(shape, elements);
    }

    @Override
    @SuppressWarnings("exports")
    public final void linear(
            int batch, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        if (prefersFeatureMajor(batch)) {
            linear(true, true, batch, x, xo, bias, activation, y, yo);
        } else {
            super.linear(batch, x, xo, bias, activation, y, yo);
        }
    }

    @Override
    final void sample(int first, int end, float[] x, int xo, float[] bias, FusedActivation activation, float[] y,
            int yo) {
        KernelChoice.current().sparse().csrVector(height, rows(), first, end, cols(), width, offsets, columns, values,
                x, xo,
                bias, activation, y, yo);
    }

    @Override
    public final boolean prefersFeatureMajor(int batch) {
        return !Arguments.single(batch);
    }

    @Override
    @SuppressWarnings("exports")
    public final void linear(boolean transX, boolean transY, int batch, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        Arguments.check(this, batch, x, xo, bias, activation, y, yo);
        if (shares().worth(height * batch)) {
            shares().forRows(
                    (first, end) -> samples(first, end, transX, transY, batch, x, xo, bias, activation, y, yo));
        } else {
            samples(0, rows(), transX, transY, batch, x, xo, bias, activation, y, yo);
        }
    }

    private void samples(int first, int end, boolean transX, boolean transY, int batch, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        KernelChoice.current().sparse().csr(transX, transY, height, rows(), first, end, cols(), batch, width, offsets,
                columns,
                values, x, xo, transX ? cols() : batch, bias, activation, y, yo, transY ? rows() : batch);
    }
}
