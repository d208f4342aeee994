package org.espalier.sparse;

import java.util.Arrays;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.SparseKernels;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Rows in slices of four, for single samples of any pattern: the entries of four rows of similar count stand side by
 * side, their four columns in one long, so that four chains of multiply-adds run in lockstep. A sliced ELLPACK format
 * after Kreutzer et al. 2014, "A unified sparse matrix data format for efficient general sparse matrix-vector
 * multiplication on modern processors with wide SIMD units" (SELL-C-σ), arXiv 1307.6209, with one deviation: nothing is
 * filled up; what the longer rows of a slice have more follows, row by row.
 */
public final class SellMatrix extends SharedRows {
    /** The most columns there can be: a column takes two bytes. */
    public static final int WIDEST = SparseKernels.SELL_COLUMNS;

    private static final int ROWS = SparseKernels.SELL_ROWS;

    private final SparseKernels.Sell layout;

    private SellMatrix(int cols, SparseKernels.Sell layout, int[] perSlice) {
        super(layout.order().length, cols, 2 * RowPartition.ALONE / 4, new RowPartition(layout.order().length, ROWS,
                perSlice));
        this.layout = layout;
    }

    /**
     * The elements of a matrix that are not zero (NaN is not).
     *
     * @throws ShapeException if the tensor is no matrix, or has more than {@link #WIDEST} columns
     */
    public static SellMatrix of(Tensor dense) {
        Offsets.requireMatrix("sell", dense);
        int rows = dense.dim(0);
        int cols = dense.dim(1);
        if (cols > WIDEST) {
            throw new ShapeException("sell: " + cols + " columns, the most are " + WIDEST);
        }
        float[] elements = Storage.array(dense);
        int[] counts = Offsets.entries(rows, cols, elements);
        int[] order = Offsets.descending(counts);
        return new Filling(rows, cols, Arrays.stream(counts).sum(), order, counts).fill(elements);
    }

    /** The arrays of a layout while they are filled. */
    private static final class Filling {
        private final int cols;
        private final int[] order;
        private final int[] counts;
        private final int[] steps;
        private final int[] tails;
        private final int[] perSlice;
        private final long[] columns;
        private final float[] values;
        private final char[] tailColumns;
        private final float[] tailValues;

        Filling(int rows, int cols, int nnz, int[] order, int[] counts) {
            this.cols = cols;
            this.order = order;
            this.counts = counts;
            int slices = Math.ceilDiv(rows, ROWS);
            this.steps = new int[slices + 1];
            this.tails = new int[rows + 1];
            this.perSlice = new int[slices + 1];
            for (int s = 0; s < slices; s++) {
                // rows are sorted: the last of four is the shortest; fewer than four have no step in common
                int last = (s + 1) * ROWS - 1;
                int common = last < rows ? counts[order[last]] : 0;
                steps[s + 1] = steps[s] + common;
                perSlice[s + 1] = perSlice[s];
                for (int p = s * ROWS; p < Math.min(rows, last + 1); p++) {
                    tails[p + 1] = tails[p] + counts[order[p]] - common;
                    perSlice[s + 1] += counts[order[p]];
                }
            }
            this.columns = new long[steps[slices]];
            this.values = new float[ROWS * steps[slices]];
            this.tailColumns = new char[nnz - values.length];
            this.tailValues = new float[nnz - values.length];
        }

        SellMatrix fill(float[] elements) {
            for (int place = 0; place < order.length; place++) {
                int step = steps[place / ROWS];
                int end = steps[place / ROWS + 1];
                int tail = tails[place];
                int lane = place % ROWS;
                for (int c = 0; c < cols; c++) {
                    float value = elements[order[place] * cols + c];
                    if (value == 0) {
                        continue;
                    }
                    if (step < end) {
                        columns[step] |= (long) c << Character.SIZE * lane;
                        values[step * ROWS + lane] = value;
                        step++;
                    } else {
                        tailColumns[tail] = (char) c;
                        tailValues[tail++] = value;
                    }
                }
            }
            return new SellMatrix(
                    cols, new SparseKernels.Sell(order, steps, columns, values, tails, tailColumns, tailValues),
                    perSlice);
        }
    }

    @Override
    public int nnz() {
        return layout.values().length + layout.tailValues().length;
    }

    @Override
    public long bytes() {
        return 6L * nnz() + 4L * (layout.order().length + layout.steps().length + layout.tails().length);
    }

    @Override
    public Tensor toDense() {
        var shape = Shape.of(rows(), cols());
        var elements = new float[shape.size()];
        for (int place = 0; place < rows(); place++) {
            int row = layout.order()[place] * cols();
            for (int s = layout.steps()[place / ROWS]; s < layout.steps()[place / ROWS + 1]; s++) {
                int column = (int) (layout.columns()[s] >>> Character.SIZE * (place % ROWS)) & Character.MAX_VALUE;
                elements[row + column] = layout.values()[s * ROWS + place % ROWS];
            }
            for (int p = layout.tails()[place]; p < layout.tails()[place + 1]; p++) {
                elements[row + layout.tailColumns()[p]] = layout.tailValues()[p];
            }
        }
        return Storage.adopt(shape, elements);
    }

    @Override
    void sample(int first, int end, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        KernelChoice.current().sparse().sellVector(layout, first, end, cols(), x, xo, bias, activation, y, yo);
    }

    /** For example {@code SellMatrix[300 × 784, 23520 entries]}. */
    @Override
    public String toString() {
        return "SellMatrix[" + rows() + " × " + cols() + ", " + nnz() + " entries]";
    }
}
