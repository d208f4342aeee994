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
 * The layout for single samples: 64 rows side by side go over the columns in steps of 16, and have at each step some
 * slots (one entry per row, its column a byte), so that a machine with wide vectors selects inputs within its registers
 * instead of gathering them from memory.
 *
 * <p>A step's slots are as many as its fullest row needs for the columns of the step. A row that needs fewer uses the
 * others for entries of the next step, so the windows it selects from overlap and rows even out. Exact for patterns of
 * n entries in every 32 columns. For any other pattern rows of similar count are put together and what stays empty is
 * filled up with zeros: about 0.8 of the entries at 90 % sparsity.
 */
public final class PermuteMatrix extends SharedRows {
    private static final int ROWS = SparseKernels.PERMUTE_ROWS;
    private static final int STEP = SparseKernels.PERMUTE_STEP;
    private static final int WINDOW = SparseKernels.PERMUTE_WINDOW;

    /** Columns at most: a step is numbered by a char. */
    private static final int WIDEST = STEP << 16;

    private final int nnz;
    private final SparseKernels.Permute layout;

    private PermuteMatrix(int cols, int nnz, SparseKernels.Permute layout) {
        super(layout.order().length, cols, 2 * ROWS, new RowPartition(layout.order().length, ROWS, layout.slots()));
        this.nnz = nnz;
        this.layout = layout;
    }

    /**
     * The elements of a matrix that are not zero (NaN is not).
     *
     * @throws ShapeException if the tensor is no matrix, or has more than 2²⁰ columns
     */
    public static PermuteMatrix of(Tensor dense) {
        Offsets.requireMatrix("permute", dense);
        int rows = dense.dim(0);
        int cols = dense.dim(1);
        float[] elements = Storage.array(dense);
        var counts = new int[rows];
        for (int i = 0; i < elements.length; i++) {
            counts[i / cols] += elements[i] != 0 ? 1 : 0;
        }
        int[] order = Offsets.descending(counts);
        if (cols > WIDEST) {
            throw new ShapeException("permute: " + cols + " columns, the most are " + WIDEST);
        }
        var slots = new int[Math.ceilDiv(rows, ROWS) + 1];
        var filling = new Filling(elements.length);
        for (int g = 0; g < slots.length - 1; g++) {
            var next = new int[ROWS];
            for (int c = 0; c < cols; c += STEP) {
                filling.step(elements, cols, order, g * ROWS, c, next);
            }
            slots[g + 1] = filling.used / ROWS;
        }
        int total = filling.used;
        var layout = new SparseKernels.Permute(order, slots, Arrays.copyOf(filling.steps, total / ROWS),
                Arrays.copyOf(filling.indices, total), Arrays.copyOf(filling.values, total));
        return new PermuteMatrix(cols, Arrays.stream(counts).sum(), layout);
    }

    /** Slots as they are filled, step after step. */
    private static final class Filling {
        char[] steps;
        byte[] indices;
        float[] values;
        int used;

        Filling(int capacity) {
            steps = new char[capacity / ROWS];
            indices = new byte[capacity];
            values = new float[capacity];
        }

        /**
         * Fills the slots of a step.
         *
         * @param place the first of the group's places
         * @param column the first of the step's columns
         * @param next for each row of the group, the first column that has no slot yet; moved on
         */
        void step(float[] elements, int cols, int[] order, int place, int column, int[] next) {
            int lanes = Math.min(ROWS, order.length - place);
            int height = 0;
            for (int lane = 0; lane < lanes; lane++) {
                int found = 0;
                for (int c = next[lane]; c < Math.min(column + STEP, cols); c++) {
                    found += elements[order[place + lane] * cols + c] != 0 ? 1 : 0;
                }
                height = Math.max(height, found);
            }
            int end = Math.addExact(used, height * ROWS);
            if (end > values.length) {
                steps = Arrays.copyOf(steps, 2 * end / ROWS);
                indices = Arrays.copyOf(indices, 2 * end);
                values = Arrays.copyOf(values, 2 * end);
            }
            for (int lane = 0; lane < lanes; lane++) {
                int c = next[lane];
                for (int at = used + lane; at < end && c < Math.min(column + WINDOW, cols); c++) {
                    float value = elements[order[place + lane] * cols + c];
                    if (value != 0) {
                        indices[at] = (byte) (c - column);
                        values[at] = value;
                        at += ROWS;
                    }
                }
                next[lane] = Math.max(c, column + STEP);
            }
            Arrays.fill(steps, used / ROWS, end / ROWS, (char) (column / STEP));
            used = end;
        }
    }

    @Override
    public int nnz() {
        return nnz;
    }

    /** What is stored, with the filling, for each entry of the pattern; 1 for a perfect fit or no entries. */
    public double fill() {
        return nnz == 0 ? 1 : (double) layout.values().length / nnz;
    }

    @Override
    public long bytes() {
        return 5L * layout.values().length + 4L * (layout.slots().length + rows()) + 2L * layout.steps().length;
    }

    @Override
    public Tensor toDense() {
        var shape = Shape.of(rows(), cols());
        var elements = new float[shape.size()];
        for (int place = 0; place < rows(); place++) {
            int row = layout.order()[place] * cols();
            for (int s = layout.slots()[place / ROWS]; s < layout.slots()[place / ROWS + 1]; s++) {
                int at = s * ROWS + place % ROWS;
                if (layout.values()[at] != 0) {
                    elements[row + layout.steps()[s] * STEP + layout.indices()[at]] = layout.values()[at];
                }
            }
        }
        return Storage.adopt(shape, elements);
    }

    @Override
    void sample(int first, int end, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        KernelChoice.current().sparse().permuteVector(
                layout, first, end, cols(), x, xo, bias, activation, y, yo);
    }

    /** For example {@code PermuteMatrix[300 × 784, 23520 entries]}. */
    @Override
    public String toString() {
        return "PermuteMatrix[" + rows() + " × " + cols() + ", " + nnz + " entries]";
    }
}
