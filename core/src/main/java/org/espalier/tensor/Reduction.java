package org.espalier.tensor;

import java.util.Arrays;
import org.espalier.kernel.choice.KernelChoice;

/**
 * Ops that fold axes away. Axes are sorted and non-negative; with {@code keepDims} a folded axis stays with size 1.
 *
 * <p>The order of every sum is fixed by the shape alone: a contiguous run by the kernels' rule; across rows in
 * ascending order, and where there are more than {@value #BLOCK} of them in blocks of that many, whose sums are added
 * in double precision. So the rounding error does not grow with the number of rows.
 */
public sealed interface Reduction extends Op permits Reduction.Sum, Reduction.Max, Statistic {
    /** Rows summed in single precision before the sums are added in double precision. */
    int BLOCK = 128;

    /** The axes folded away. */
    int[] axes();

    /** Whether folded axes stay with size 1. */
    boolean keepDims();

    /** Folds {@code n} contiguous elements into one. */
    float fold(float[] x, int offset, int n);

    /**
     * Folds {@code rows} rows, at least one, of {@code width} neighbouring elements into the row of {@code out} at
     * {@code to}. The rows begin {@code stride} apart.
     */
    void foldRows(float[] x, int offset, int rows, int stride, int width, float[] out, int to);

    @Override
    default Shape shape(Shape... inputs) {
        int[] axes = axes();
        if (axes.length > 0 && axes[axes.length - 1] >= inputs[0].rank()) {
            throw ShapeException.of(name(), "axes " + Arrays.toString(axes) + " are not all there", inputs);
        }
        return folded(inputs[0], axes, keepDims());
    }

    /** Applies this reduction. */
    default Tensor of(Tensor x) {
        return Op.apply(this, x);
    }

    @Override
    default void forward(float[] out, Tensor... inputs) {
        var shape = inputs[0].shape();
        int[] axes = axes();
        if (axes.length == 0 || out.length == 0) {
            fold(inputs[0].array(), out.length, 1, 1, out);
            return;
        }
        int first = axes[0];
        int end = axes[axes.length - 1] + 1;
        if (end - first == axes.length) {
            fold(inputs[0].array(), shape.span(0, first), shape.span(first, end), shape.span(end, shape.rank()), out);
        } else {
            var gathered = new float[shape.size()];
            new Movement.Permute(keptThenFolded(shape.rank(), axes)).forward(gathered, inputs);
            fold(gathered, out.length, gathered.length / out.length, 1, out);
        }
    }

    /** Folds the middle of [outer, length, inner]. */
    private void fold(float[] x, int outer, int length, int inner, float[] out) {
        if (inner == 1 || length == 0) {
            Split.rows(outer, length, 1, (from, to) -> {
                for (int o = from; o < to; o++) {
                    Arrays.fill(out, o * inner, (o + 1) * inner, fold(x, o * length * inner, length));
                }
            });
            return;
        }
        for (int o = 0; o < outer; o++) {
            int matrix = o * length * inner;
            int row = o * inner;
            Split.columns(inner, length,
                    (from, to) -> foldRows(x, matrix + from, length, inner, to - from, out, row + from));
        }
    }

    /** A copy of axes; throws {@link IllegalArgumentException} unless they ascend from 0, each once. */
    static int[] checked(int... axes) {
        for (int i = 0; i < axes.length; i++) {
            if (axes[i] < 0 || i > 0 && axes[i] <= axes[i - 1]) {
                throw new IllegalArgumentException("axes must ascend from 0, each once: " + Arrays.toString(axes));
            }
        }
        return axes.clone();
    }

    /** An order of axes that puts {@code axes} behind the others. */
    static int[] keptThenFolded(int rank, int... axes) {
        var order = new int[rank];
        int kept = 0;
        for (int axis = 0; axis < rank; axis++) {
            int found = Arrays.binarySearch(axes, axis);
            if (found < 0) {
                order[kept++] = axis;
            } else {
                order[rank - axes.length + found] = axis;
            }
        }
        return order;
    }

    /** {@code shape} without {@code axes}, or with size 1 there. */
    static Shape folded(Shape shape, int[] axes, boolean keepDims) {
        var dims = new int[keepDims ? shape.rank() : shape.rank() - axes.length];
        int at = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            boolean fold = Arrays.binarySearch(axes, axis) >= 0;
            if (!fold || keepDims) {
                dims[at++] = fold ? 1 : shape.dim(axis);
            }
        }
        return Shape.of(dims);
    }

    /** A result reshaped so that it broadcasts against the input it was folded from. */
    default Tensor unfolded(Tensor folded, Tensor input) {
        return keepDims() ? folded : folded.reshape(folded(input.shape(), axes(), true));
    }

    /** How many elements of the input are folded into one. */
    default int count(Tensor input) {
        int count = 1;
        for (int axis : axes()) {
            count *= input.dim(axis);
        }
        return count;
    }

    /** The product over axes, taken in pairs, so that its gradient is right where factors are 0. */
    static Tensor product(Tensor x, boolean keepDims, int... axes) {
        var shape = x.shape();
        int kept = shape.rank() - axes.length;
        var behind = x.permute(keptThenFolded(shape.rank(), axes));
        var factors = behind.reshape(Shape.of(behind.shape().span(0, kept), behind.shape().span(kept, shape.rank())));
        int n = factors.dim(1);
        if (n == 0) {
            return Tensor.ones(folded(shape, axes, keepDims));
        }
        while (n > 1) {
            int half = n / 2;
            var pairs = factors.slice(1, 0, half).times(factors.slice(1, half, 2 * half));
            factors = n % 2 == 0 ? pairs : Tensor.concat(1, pairs, factors.slice(1, n - 1, n));
            n -= half;
        }
        return factors.reshape(folded(shape, axes, keepDims));
    }

    /** The sum; 0 for no elements. */
    record Sum(int[] axes, boolean keepDims) implements Reduction {
        /** Copies the axes and checks their order. */
        public Sum {
            axes = checked(axes);
        }

        @Override
        public float fold(float[] x, int offset, int n) {
            return KernelChoice.current().dense().sum(x, offset, n);
        }

        @Override
        public void foldRows(float[] x, int offset, int rows, int stride, int width, float[] out, int to) {
            if (rows <= BLOCK) {
                addRows(x, offset, rows, stride, width, out, to);
                return;
            }
            var block = new float[width];
            var total = new double[width];
            for (int row = 0; row < rows; row += BLOCK) {
                addRows(x, offset + row * stride, Math.min(BLOCK, rows - row), stride, width, block, 0);
                for (int i = 0; i < width; i++) {
                    total[i] += block[i];
                }
            }
            for (int i = 0; i < width; i++) {
                out[to + i] = (float) total[i];
            }
        }

        private static void addRows(float[] x, int offset, int rows, int stride, int width, float[] out, int to) {
            var kernels = KernelChoice.current().dense();
            System.arraycopy(x, offset, out, to, width);
            for (int row = 1; row < rows; row++) {
                kernels.addTo(x, offset + row * stride, out, to, width);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return unfolded(g, in[0]).expand(in[0].shape());
        }
    }

    /**
     * The largest element, NaN if there is one; −∞ for no elements. Equal largest ones share the gradient evenly; where
     * the result is NaN the gradient is NaN.
     */
    record Max(int[] axes, boolean keepDims) implements Reduction {
        /** Copies the axes and checks their order. */
        public Max {
            axes = checked(axes);
        }

        @Override
        public float fold(float[] x, int offset, int n) {
            return KernelChoice.current().dense().max(x, offset, n);
        }

        @Override
        public void foldRows(float[] x, int offset, int rows, int stride, int width, float[] out, int to) {
            System.arraycopy(x, offset, out, to, width);
            for (int row = 1; row < rows; row++) {
                int from = offset + row * stride;
                for (int i = 0; i < width; i++) {
                    out[to + i] = Math.max(out[to + i], x[from + i]);
                }
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            var winners = in[0].equalTo(unfolded(y, in[0]));
            return unfolded(g, in[0]).weighted(winners.div(new Sum(axes, true).of(winners)));
        }
    }
}
