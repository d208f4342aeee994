package org.espalier.tensor;

import java.util.Arrays;
import org.espalier.kernel.Kernels;

/**
 * Ops that fold axes away. Axes are sorted and non-negative; with {@code keepDims} a folded axis stays with size 1. The
 * order of every sum is fixed by the shape alone: a contiguous run by the kernels' rule, across rows in ascending order.
 */
public sealed interface Reduction extends Op {
    /** The axes folded away. */
    int[] axes();

    /** Whether folded axes stay with size 1. */
    boolean keepDims();

    /** Folds {@code n} contiguous elements into one. */
    float fold(float[] x, int offset, int n);

    /** Folds a row of {@code n} elements into an accumulator row that starts as a copy of the first. */
    void foldRow(float[] x, int offset, float[] accumulator, int to, int n);

    @Override
    default Shape shape(Shape... inputs) {
        return folded(inputs[0], axes(), keepDims());
    }

    @Override
    default void forward(Tensor[] inputs, float[] out) {
        var shape = inputs[0].shape();
        int[] axes = axes();
        if (axes.length == 0 || out.length == 0) {
            System.arraycopy(inputs[0].array(), 0, out, 0, out.length);
            return;
        }
        int first = axes[0];
        int end = axes[axes.length - 1] + 1;
        var x = inputs[0];
        if (end - first != axes.length) {
            x = NoGrad.call(() -> inputs[0].permute(keptThenFolded(shape.rank(), axes)));
            first = shape.rank() - axes.length;
            end = shape.rank();
        }
        fold(x.array(), x.shape().span(0, first), x.shape().span(first, end), x.shape().span(end, shape.rank()), out);
    }

    /** Folds the middle of [outer, length, inner]. */
    private void fold(float[] x, int outer, int length, int inner, float[] out) {
        for (int o = 0; o < outer; o++) {
            int from = o * length * inner;
            if (inner == 1 || length == 0) {
                Arrays.fill(out, o * inner, (o + 1) * inner, fold(x, from, length));
                if (inner == 1) {
                    continue;
                }
            }
            for (int l = 0; l < length; l++) {
                if (l == 0) {
                    System.arraycopy(x, from, out, o * inner, inner);
                } else {
                    foldRow(x, from + l * inner, out, o * inner, inner);
                }
            }
        }
    }

    private static int[] keptThenFolded(int rank, int[] axes) {
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
    private Tensor unfolded(Tensor folded, Tensor input) {
        return keepDims() ? folded : folded.reshape(folded(input.shape(), axes(), true));
    }

    /** The sum; 0 for no elements. */
    record Sum(int[] axes, boolean keepDims) implements Reduction {
        @Override
        public float fold(float[] x, int offset, int n) {
            return Kernels.active().sum(x, offset, n);
        }

        @Override
        public void foldRow(float[] x, int offset, float[] accumulator, int to, int n) {
            Kernels.active().addTo(x, offset, accumulator, to, n);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return ((Reduction) this).unfolded(g, in[0]).expand(in[0].shape());
        }
    }

    /** The largest element, NaN if there is one; −∞ for no elements. Equal largest elements share the gradient evenly. */
    record Max(int[] axes, boolean keepDims) implements Reduction {
        @Override
        public float fold(float[] x, int offset, int n) {
            return Kernels.active().max(x, offset, n);
        }

        @Override
        public void foldRow(float[] x, int offset, float[] accumulator, int to, int n) {
            for (int i = 0; i < n; i++) {
                accumulator[to + i] = Math.max(accumulator[to + i], x[offset + i]);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            var winners = in[0].equalTo(((Reduction) this).unfolded(y, in[0]));
            var share = winners.over(new Sum(axes, true).of(winners));
            return ((Reduction) this).unfolded(g, in[0]).times(share);
        }
    }

    /** Applies this reduction. */
    default Tensor of(Tensor x) {
        return Op.apply(this, x);
    }
}
