package org.espalier.tensor;

import java.util.function.IntFunction;
import org.espalier.kernel.Moments;

/**
 * Ops that subtract the mean along an axis and may divide by the deviation; both are computed in double precision, as
 * in {@link Statistic}, and only the result is rounded.
 */
public sealed interface Normalization extends Op {
    /** The axis, not negative. */
    int axis();

    /** Whether {@link #scale} wants the squares. */
    default boolean scales() {
        return false;
    }

    /** What deviations from the mean are multiplied by, given the mean of their squares. */
    default double scale(double variance) {
        return 1;
    }

    @Override
    default Shape shape(Shape... inputs) {
        inputs[0].requireAxis(this, axis());
        return inputs[0];
    }

    @Override
    default void forward(float[] out, Tensor... inputs) {
        float[] x = inputs[0].array();
        var shape = inputs[0].shape();
        int n = shape.dim(axis());
        int inner = shape.span(axis() + 1, shape.rank());
        int outer = shape.span(0, axis());
        if (inner == 1) {
            Split.rows(outer, n, Split.FUNCTION, (from, to) -> {
                for (int row = from; row < to; row++) {
                    row(x, row * n, n, out);
                }
            });
            return;
        }
        for (int o = 0; o < outer; o++) {
            int matrix = o * n * inner;
            Split.columns(inner, n, (from, to) -> columns(x, matrix + from, n, inner, to - from, out));
        }
    }

    private void row(float[] x, int at, int n, float[] out) {
        double mean = Moments.sum(x, at, n) / n;
        double scale = scales() ? scale(Moments.squares(x, at, n, mean) / n) : 1;
        for (int i = at; i < at + n; i++) {
            out[i] = (float) ((x[i] - mean) * scale);
        }
    }

    private void columns(float[] x, int from, int n, int stride, int width, float[] out) {
        var means = new double[width];
        var scales = new double[width];
        Moments.sums(x, from, n, stride, means);
        for (int i = 0; i < width; i++) {
            means[i] /= n;
        }
        if (scales()) {
            Moments.squares(x, from, n, stride, means, scales);
        }
        for (int i = 0; i < width; i++) {
            scales[i] = scales() ? scale(scales[i] / n) : 1;
        }
        for (int row = 0; row < n; row++) {
            int at = from + row * stride;
            for (int i = 0; i < width; i++) {
                out[at + i] = (float) ((x[at + i] - means[i]) * scales[i]);
            }
        }
    }

    /** Applies an op of one axis over several axes as if they were one, all of them if none are given. */
    static Tensor over(String name, Tensor x, IntFunction<Normalization> op, int... axes) {
        int[] resolved = x.shape().axes(name, axes);
        int rank = x.rank();
        if (resolved.length == 1) {
            return Op.apply(op.apply(resolved[0]), x);
        }
        int[] order = Reduction.keptThenFolded(rank, resolved);
        var behind = x.permute(order);
        int kept = behind.shape().span(0, rank - resolved.length);
        int folded = behind.shape().span(rank - resolved.length, rank);
        var rows = Op.apply(op.apply(1), behind.reshape(Shape.of(kept, folded)));
        return rows.reshape(behind.shape()).permute(Movement.inverse(order));
    }

    /** x − mean: a projection, so its own gradient. */
    record Center(int axis) implements Normalization {
        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return Op.apply(this, g);
        }
    }

    /** (x − mean) / √(variance + epsilon), with the variance of the population. */
    record Normalize(int axis, float epsilon) implements Normalization {
        @Override
        public boolean scales() {
            return true;
        }

        @Override
        public double scale(double variance) {
            return 1 / Math.sqrt(variance + epsilon);
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            var deviation = new Statistic.Deviation(new int[] {axis}, true, 0, epsilon).of(in[0]);
            var projected = g.center(axis).minus(y.times(g.times(y).mean(true, axis)));
            return projected.div(deviation);
        }
    }
}
