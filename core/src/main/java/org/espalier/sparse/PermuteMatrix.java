package org.espalier.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.espalier.kernel.Activation;
import org.espalier.kernel.SparseKernels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The layout for single samples: 32 rows side by side, 32 columns at a time, and per such tile as many slots (one entry
 * per row, its column a byte) as its fullest row needs, so that a machine with wide vectors selects inputs within its
 * registers instead of gathering them from memory.
 *
 * <p>Exact for patterns of n entries in every 32 columns. For any other pattern rows of similar count are put together
 * and the slots are filled up with zeros: about twice the entries at 90 % sparsity.
 */
public final class PermuteMatrix implements SparseMatrix {
    private static final int ROWS = SparseKernels.PERMUTE_ROWS;
    private static final int COLUMNS = SparseKernels.PERMUTE_COLUMNS;

    private final int cols;
    private final int nnz;
    private final int[] order;
    private final int[] slots;
    private final byte[] indices;
    private final float[] values;

    private PermuteMatrix(int cols, int nnz, int[] order, int[] slots, byte[] indices, float[] values) {
        this.cols = cols;
        this.nnz = nnz;
        this.order = order;
        this.slots = slots;
        this.indices = indices;
        this.values = values;
    }

    /**
     * The elements of a matrix that are not zero (NaN is not).
     *
     * @throws ShapeException if the tensor is no matrix
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
        // a stable sort: the same matrix always gets the same layout
        int[] order = IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingInt((Integer r) -> -counts[r]))
                .mapToInt(Integer::intValue)
                .toArray();
        int blocks = Math.ceilDiv(cols, COLUMNS);
        int groups = Math.ceilDiv(rows, ROWS);
        var slots = new int[groups * blocks + 1];
        var tiles = new ArrayList<Tile>(groups * blocks);
        for (int g = 0; g < groups; g++) {
            for (int b = 0; b < blocks; b++) {
                var tile = Tile.of(elements, cols, order, g * ROWS, b * COLUMNS);
                tiles.add(tile);
                slots[tiles.size()] = slots[tiles.size() - 1] + tile.height();
            }
        }
        int total = Math.multiplyExact(slots[slots.length - 1], ROWS);
        var indices = new byte[total];
        var values = new float[total];
        for (int i = 0; i < tiles.size(); i++) {
            var tile = tiles.get(i);
            System.arraycopy(tile.indices, 0, indices, slots[i] * ROWS, tile.indices.length);
            System.arraycopy(tile.values, 0, values, slots[i] * ROWS, tile.values.length);
        }
        return new PermuteMatrix(cols, Arrays.stream(counts).sum(), order, slots, indices, values);
    }

    /** The slots of 32 rows and 32 columns. */
    private record Tile(int height, byte[] indices, float[] values) {
        static Tile of(float[] elements, int cols, int[] order, int fromPlace, int fromColumn) {
            var indices = new byte[COLUMNS * ROWS];
            var values = new float[COLUMNS * ROWS];
            int height = 0;
            for (int lane = 0; lane < ROWS && fromPlace + lane < order.length; lane++) {
                int filled = 0;
                for (int c = 0; c < COLUMNS && fromColumn + c < cols; c++) {
                    float value = elements[order[fromPlace + lane] * cols + fromColumn + c];
                    if (value != 0) {
                        indices[filled * ROWS + lane] = (byte) c;
                        values[filled++ * ROWS + lane] = value;
                    }
                }
                height = Math.max(height, filled);
            }
            return new Tile(height, Arrays.copyOf(indices, height * ROWS), Arrays.copyOf(values, height * ROWS));
        }
    }

    @Override
    public int rows() {
        return order.length;
    }

    @Override
    public int cols() {
        return cols;
    }

    @Override
    public int nnz() {
        return nnz;
    }

    /** What is stored, with the filling, for each entry of the pattern; 1 for a perfect fit or no entries. */
    public double fill() {
        return nnz == 0 ? 1 : (double) values.length / nnz;
    }

    @Override
    public long bytes() {
        return 5L * values.length + 4L * (slots.length + order.length);
    }

    @Override
    public Tensor toDense() {
        var shape = Shape.of(rows(), cols);
        var elements = new float[shape.size()];
        int blocks = Math.ceilDiv(cols, COLUMNS);
        for (int place = 0; place < order.length; place++) {
            for (int b = 0; b < blocks; b++) {
                int tile = place / ROWS * blocks + b;
                for (int s = slots[tile]; s < slots[tile + 1]; s++) {
                    int at = s * ROWS + place % ROWS;
                    if (values[at] != 0) {
                        elements[order[place] * cols + b * COLUMNS + indices[at]] = values[at];
                    }
                }
            }
        }
        return Storage.adopt(shape, elements);
    }

    @Override
    @SuppressWarnings("exports")
    public void linear(int batch, float[] x, int xo, float[] bias, Activation activation, float[] y, int yo) {
        Panels.check(this, batch, x, xo, bias, activation, y, yo);
        var kernels = SparseKernels.active();
        for (int i = 0; i < batch; i++) {
            kernels.permuteVector(rows(), cols, order, slots, indices, values, x, xo + i * cols, bias, activation, y,
                    yo + i * rows());
        }
    }

    /** For example {@code PermuteMatrix[300 × 784, 23520 entries]}. */
    @Override
    public String toString() {
        return "PermuteMatrix[" + rows() + " × " + cols + ", " + nnz + " entries]";
    }
}
