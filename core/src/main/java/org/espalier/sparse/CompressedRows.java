package org.espalier.sparse;

import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Compressed rows of blocks of some rows × 1 column, as {@link SparseKernels#csr} takes them. */
abstract sealed class CompressedRows extends SharedRows permits CsrMatrix, BlockMatrix {
    private final SparseKernels.Csr layout;
    private final float[] values;

    CompressedRows(int height, int rows, int cols, int width, int[] offsets, char[] columns, float[] values) {
        super(rows, cols, height == 1 ? RowPartition.ALONE : height * RowPartition.ALONE / 4,
                new RowPartition(rows, height, offsets));
        this.layout = new SparseKernels.Csr(height, rows, cols, width, offsets, columns);
        this.values = values;
    }

    /** Blocks that are stored. */
    final int stored() {
        return layout.columns().length;
    }

    @Override
    public final long bytes() {
        return 4L * (values.length + layout.offsets().length) + 2L * layout.columns().length;
    }

    @Override
    public final Tensor toDense() {
        var shape = Shape.of(rows(), cols());
        var elements = new float[shape.size()];
        int height = layout.height();
        int[] offsets = layout.offsets();
        for (int i = 0; i < offsets.length - 1; i++) {
            int first = i % layout.blockRows() * height;
            int left = i / layout.blockRows() * layout.width();
            for (int p = offsets[i]; p < offsets[i + 1]; p++) {
                for (int r = first; r < Math.min(rows(), first + height); r++) {
                    elements[r * cols() + left + layout.columns()[p]] = values[p * height + r - first];
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
        KernelChoice.current().sparse().csrVector(layout, values, first, end, x, xo, bias, activation, y, yo);
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
        if (shares().worth(layout.height() * batch)) {
            shares().forRows(
                    (first, end) -> samples(first, end, transX, transY, batch, x, xo, bias, activation, y, yo));
        } else {
            samples(0, rows(), transX, transY, batch, x, xo, bias, activation, y, yo);
        }
    }

    private void samples(int first, int end, boolean transX, boolean transY, int batch, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        KernelChoice.current().sparse().csr(layout, values, transX, transY, first, end, batch, x, xo,
                transX ? cols() : batch, bias, activation, y, yo, transY ? rows() : batch);
    }
}
