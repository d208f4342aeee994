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
 * The layout for single samples: some vectors of rows side by side take one entry each from a window of neighbouring
 * columns, so that inputs are selected within registers instead of gathered from memory.
 *
 * <p>A window begins at the first column that any of its rows has not had yet, so it never stands where nothing is.
 * Rows that have no entry in it are filled up with a zero. Exact for patterns of n entries in every window's width of
 * columns (32 with vectors of 16 lanes, 8 with 8, 4 with 4). For any other pattern rows of similar count are put
 * together; stored are about 1.7 entries for each one of a random pattern at 90 % sparsity with 16 lanes, 2.2 with 8.
 */
public final class PermuteMatrix extends SharedRows {
    private static final int VECTORS = SparseKernels.PERMUTE_VECTORS;
    private static final int SLOTS = SparseKernels.PERMUTE_SLOTS;

    /** The most columns there can be: a column takes two bytes. */
    public static final int WIDEST = SparseKernels.PERMUTE_COLUMNS;

    /** The lanes of the layout where no vectors compute it. */
    private static final int NARROWEST = 4;

    private final int nnz;
    private final SparseKernels.Permute layout;

    private PermuteMatrix(int cols, int nnz, SparseKernels.Permute layout) {
        super(layout.order().length, cols, 2 * layout.rows(),
                new RowPartition(layout.order().length, layout.rows(), layout.slots()));
        this.nnz = nnz;
        this.layout = layout;
    }

    /**
     * The elements of a matrix that are not zero (NaN is not), for the vectors of this machine.
     *
     * @throws ShapeException if the tensor is no matrix, or has more than {@link #WIDEST} columns
     */
    public static PermuteMatrix of(Tensor dense) {
        int lanes = KernelChoice.current().sparse().permuteLanes();
        return of(lanes == 0 ? NARROWEST : lanes, dense);
    }

    /** The same for vectors of 4, 8 or 16 lanes; on others, {@code linear} is slow. */
    static PermuteMatrix of(int lanes, Tensor dense) {
        Offsets.requireMatrix("permute", dense);
        int rows = dense.dim(0);
        int cols = dense.dim(1);
        if (cols > WIDEST) {
            throw new ShapeException("permute: " + cols + " columns, the most are " + WIDEST);
        }
        float[] elements = Storage.array(dense);
        int[] counts = Offsets.entries(rows, cols, elements);
        int[] order = Offsets.descending(counts);
        int nnz = Arrays.stream(counts).sum();
        var filling = new Filling(lanes, elements, cols, order, nnz);
        var slots = new int[Math.ceilDiv(rows, filling.rows) + 1];
        for (int g = 0; g < slots.length - 1; g++) {
            slots[g + 1] = filling.group(g * filling.rows, slots[g]);
        }
        return new PermuteMatrix(cols, nnz, filling.layout(slots));
    }

    /** The arrays of a layout as they are filled, group after group. */
    private static final class Filling {
        private final int lanes;
        private final int window;
        private final int rows;
        private final float[] elements;
        private final int cols;
        private final int[] order;

        private long[] bases;
        private int[] indices;
        private float[] values;

        Filling(int lanes, float[] elements, int cols, int[] order, int nnz) {
            this.lanes = lanes;
            this.window = SparseKernels.Permute.window(lanes);
            this.rows = VECTORS * lanes;
            this.elements = elements;
            this.cols = cols;
            this.order = order;
            room(2 * nnz / rows + SLOTS);
        }

        private void room(int slots) {
            int whole = Math.ceilDiv(slots, SLOTS) * SLOTS;
            bases = bases == null ? new long[whole] : Arrays.copyOf(bases, whole);
            indices = indices == null ? new int[whole / SLOTS * rows] : Arrays.copyOf(indices, whole / SLOTS * rows);
            values = values == null ? new float[whole * rows] : Arrays.copyOf(values, whole * rows);
        }

        SparseKernels.Permute layout(int[] slots) {
            room(slots[slots.length - 1]);
            return new SparseKernels.Permute(lanes, order, slots, bases, indices, values);
        }

        /** Fills the slots of the group whose first row has a place; returns the slot after its last one. */
        int group(int place, int first) {
            int end = first;
            int step = window > lanes ? rows : lanes;
            for (int row = 0; row < rows; row += step) {
                end = Math.max(end, windows(place, row, row + step, first));
            }
            return Math.ceilDiv(end, SLOTS) * SLOTS;
        }

        /** Fills some rows of a group that share their windows; returns the slot after their last one. */
        private int windows(int place, int from, int to, int first) {
            var next = new int[rows];
            int slot = first;
            for (int base = least(place, from, to, next); base < cols; base = least(place, from, to, next), slot++) {
                if (slot + SLOTS >= bases.length) {
                    room(Math.max(2 * bases.length, slot + 2 * SLOTS));
                }
                for (int vector = from / lanes; vector < to / lanes; vector++) {
                    bases[slot] |= (long) base << Character.SIZE * vector;
                }
                for (int row = from; row < Math.min(to, order.length - place); row++) {
                    int column = next[row];
                    if (column < Math.min(base + window, cols)) {
                        values[slot * rows + row] = elements[order[place + row] * cols + column];
                        indices[slot / SLOTS * rows + row] |= column - base << Byte.SIZE * (slot % SLOTS);
                        next[row] = column + 1;
                    }
                }
            }
            return slot;
        }

        /** The first column that any of some rows has an entry in; moves each row on to its next entry. */
        private int least(int place, int from, int to, int[] next) {
            int least = cols;
            for (int row = from; row < Math.min(to, order.length - place); row++) {
                int at = order[place + row] * cols;
                while (next[row] < cols && elements[at + next[row]] == 0) {
                    next[row]++;
                }
                least = Math.min(least, next[row]);
            }
            return least;
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
        return 4L * (layout.values().length + layout.indices().length + layout.slots().length
                + layout.order().length) + 8L * layout.bases().length;
    }

    @Override
    public Tensor toDense() {
        var shape = Shape.of(rows(), cols());
        var elements = new float[shape.size()];
        int group = layout.rows();
        for (int place = 0; place < rows(); place++) {
            int row = place % group;
            for (int s = layout.slots()[place / group]; s < layout.slots()[place / group + 1]; s++) {
                float value = layout.values()[s * group + row];
                if (value != 0) {
                    elements[layout.order()[place] * cols() + layout.column(s, row)] = value;
                }
            }
        }
        return Storage.adopt(shape, elements);
    }

    @Override
    void sample(int first, int end, float[] x, int xo, float[] bias, FusedActivation activation, float[] y, int yo) {
        KernelChoice.current().sparse().permuteVector(layout, first, end, cols(), x, xo, bias, activation, y, yo);
    }

    /** For example {@code PermuteMatrix[300 × 784, 23520 entries]}. */
    @Override
    public String toString() {
        return "PermuteMatrix[" + rows() + " × " + cols() + ", " + nnz + " entries]";
    }
}
