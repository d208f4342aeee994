package org.espalier.sparse;

import java.util.Arrays;
import java.util.function.Supplier;
import org.espalier.kernel.SparseKernels;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Op;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Which elements of a tensor exist, as training needs it: a layer multiplies, differentiates and updates the values of
 * these entries only, one after the other in an order that is the pattern's own. An immutable value, worth keeping as
 * long as the mask it comes from.
 *
 * <p>Seen as a matrix, the first axis of the tensor against the others (a vector is one row), the entries are cut into
 * strips of columns, so that what a product reads of a batch stays in a cache; in a strip they go row by row. The
 * sparser the pattern, the wider the strips.
 */
public final class SparsityStructure {
    /** Entries that a row should have in a strip: with fewer, reading and writing its sums costs too much. */
    private static final int PER_ROW = 12;

    private static final int NARROWEST = 128;

    private final Shape shape;
    private final SparseKernels.Csr layout;
    private final RowPartition shares;
    private volatile Transpose transpose;

    /** The entries in the order of the transpose: its pattern, and the number that each has here. */
    record Transpose(SparsityStructure pattern, int[] entries) {}

    /** The elements of a tensor of which only the entries are known; the others are +0. */
    private record Scattered(SparsityStructure pattern, float[] values) implements Supplier<float[]> {
        @Override
        public float[] get() {
            var elements = new float[pattern.shape.size()];
            pattern.visit((entry, place) -> elements[place] = values[entry]);
            return elements;
        }
    }

    /** An entry and the element, in row-major order, that it is. */
    @FunctionalInterface
    private interface Visitor {
        void at(int entry, int place);
    }

    private SparsityStructure(Shape shape, SparseKernels.Csr layout) {
        this.shape = shape;
        this.layout = layout;
        this.shares = new RowPartition(layout.rows(), 1, layout.offsets());
    }

    /**
     * The pattern of the elements whose bit is set.
     *
     * @param words bit i mod 64 of word i / 64 is that of element i, in row-major order
     * @throws ShapeException if there are too few words
     */
    public static SparsityStructure of(Shape shape, long[] words) {
        if (words.length < (shape.size() + 63) >>> 6) {
            throw new ShapeException("pattern: " + words.length + " words of 64 bits do not cover " + shape);
        }
        int rows = shape.rank() < 2 ? 1 : shape.dim(0);
        int cols = rows == 0 ? 0 : shape.size() / rows;
        int size = rows * cols;
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += (int) (words[i >>> 6] >>> i & 1);
        }
        int width = stripWidth(size, cols, count);
        var offsets = new int[strips(cols, width) * rows + 1];
        var columns = new char[count];
        int entry = 0;
        int at = 0;
        for (int left = 0; left < cols; left += width) {
            for (int r = 0; r < rows; r++) {
                for (int c = left, i = r * cols + c; c < Math.min(cols, left + width); c++, i++) {
                    if ((words[i >>> 6] >>> i & 1) != 0) {
                        columns[entry++] = (char) (c - left);
                    }
                }
                offsets[++at] = entry;
            }
        }
        return new SparsityStructure(shape, new SparseKernels.Csr(1, rows, cols, width, offsets, columns));
    }

    private static int strips(int cols, int width) {
        return cols == 0 ? 0 : Math.ceilDiv(cols, width);
    }

    private static int stripWidth(int size, int cols, int count) {
        long wanted = Math.clamp((long) PER_ROW * size / Math.max(1, count), NARROWEST, SparseKernels.CSR_COLUMNS);
        return (int) Math.min(Math.max(1, cols), wanted);
    }

    /** The pattern of Wᵀ. Its entries in a column of W keep their order. */
    Transpose transpose() {
        var made = transpose;
        if (made == null) {
            int rows = rows();
            int cols = cols();
            int side = stripWidth(rows * cols, rows, entries());
            var starts = new int[strips(rows, side) * cols + 1];
            visit((entry, place) -> starts[place / cols / side * cols + place % cols + 1]++);
            Arrays.parallelPrefix(starts, Integer::sum);
            var next = starts.clone();
            var rowOf = new char[entries()];
            var entries = new int[entries()];
            visit((entry, place) -> {
                int row = place / cols;
                int to = next[row / side * cols + place % cols]++;
                rowOf[to] = (char) (row % side);
                entries[to] = entry;
            });
            var turned = new SparseKernels.Csr(1, cols, rows, side, starts, rowOf);
            made = new Transpose(new SparsityStructure(Shape.of(cols, rows), turned), entries);
            transpose = made;
        }
        return made;
    }

    private void visit(Visitor visitor) {
        int[] offsets = layout.offsets();
        for (int i = 0; i < offsets.length - 1; i++) {
            int place = i % rows() * cols() + i / rows() * layout.width();
            for (int p = offsets[i]; p < offsets[i + 1]; p++) {
                visitor.at(p, place + layout.columns()[p]);
            }
        }
    }

    /** The shape of the tensors this is a pattern of. */
    public Shape shape() {
        return shape;
    }

    /** How many entries there are. */
    public int entries() {
        return layout.columns().length;
    }

    /** The elements, in row-major order, that the entries are, in their order. */
    public int[] places() {
        var places = new int[entries()];
        visit((entry, place) -> places[entry] = place);
        return places;
    }

    /** Values of the entries in the row-major order of the elements; the same array if that is their order already. */
    public float[] inRowMajorOrder(float[] values) {
        int rows = rows();
        int[] offsets = layout.offsets();
        if (offsets.length - 1 <= rows) {
            return values;
        }
        var ordered = new float[values.length];
        int to = 0;
        for (int r = 0; r < rows; r++) {
            for (int i = r; i < offsets.length - 1; i += rows) {
                int count = offsets[i + 1] - offsets[i];
                System.arraycopy(values, offsets[i], ordered, to, count);
                to += count;
            }
        }
        return ordered;
    }

    /**
     * The entries of a tensor: not a copy if {@link #tensor} made it from them, so do not write.
     *
     * @throws ShapeException if the tensor has another shape
     */
    public float[] values(Tensor tensor) {
        if (Storage.supplier(tensor).orElse(null) instanceof Scattered(var pattern, var values) && pattern == this) {
            return values;
        }
        if (!tensor.shape().equals(shape)) {
            throw new ShapeException("pattern: of shape " + shape + " does not fit " + tensor.shape());
        }
        var elements = Storage.array(tensor);
        var values = new float[entries()];
        visit((entry, place) -> values[entry] = elements[place]);
        return values;
    }

    /** Whether {@link #values} of this tensor costs nothing: it is +0 outside this pattern. */
    public boolean holds(Tensor tensor) {
        return Storage.supplier(tensor).orElse(null) instanceof Scattered scattered && scattered.pattern == this;
    }

    /**
     * The tensor with these entries and +0 elsewhere; its elements are set out only if something reads them. The caller
     * must not touch the array again.
     *
     * @throws ShapeException if there are more or fewer values than entries
     */
    public Tensor tensor(float[] values) {
        if (values.length != entries()) {
            throw new ShapeException("pattern: " + values.length + " values for " + entries() + " entries");
        }
        return Storage.lazy(shape, new Scattered(this, values));
    }

    /**
     * x·Wᵀ + b over the entries alone, from [..., in] to [..., out]: a fully connected layer whose weight W [out, in]
     * has this pattern. What W holds elsewhere counts as 0, and its gradient there is +0.
     *
     * @throws ShapeException if the shapes do not fit
     */
    public Tensor linear(Tensor x, Tensor weight, Tensor bias) {
        return Op.apply(new SparseOps.Linear(this), x, weight, bias);
    }

    // ---- for the ops

    int rows() {
        return layout.rows();
    }

    int cols() {
        return layout.cols();
    }

    SparseKernels.Csr layout() {
        return layout;
    }

    /** Partitions the rows among the threads where this number of samples makes it worthwhile. */
    void forRows(int batch, Parallelism.RangeTask task) {
        if (shares.worth(batch)) {
            shares.forRows(task);
        } else {
            task.run(0, rows());
        }
    }

    /** For example {@code SparsityStructure[300, 784] with 23520 entries}. */
    @Override
    public String toString() {
        return "SparsityStructure" + shape + " with " + entries() + " entries";
    }
}
