package org.espalier.tensor;

import org.espalier.kernel.Moments;

/**
 * Means, variances, standard deviations and norms over axes, computed in double precision and rounded once: see
 * {@link Moments}. The mean of equal numbers is that number exactly, their variance 0.
 */
public sealed interface Statistic extends Reduction {

    /** The means of the columns of some rows; zeros where {@code rows} is 0. */
    private static double[] means(float[] x, int offset, int rows, int stride, int width) {
        var means = new double[width];
        Moments.sums(x, offset, rows, stride, means);
        for (int i = 0; i < width; i++) {
            means[i] /= rows;
        }
        return means;
    }

    /** The sums of squared deviations from the mean, for the columns of some rows. */
    private static double[] deviations(float[] x, int offset, int rows, int stride, int width) {
        var squares = new double[width];
        Moments.squares(x, offset, rows, stride, means(x, offset, rows, stride, width), squares);
        return squares;
    }

    /** The sum of squared deviations from the mean of a run. */
    private static double deviations(float[] x, int offset, int n) {
        return Moments.squares(x, offset, n, Moments.sum(x, offset, n) / n);
    }

    /** Squares over degrees of freedom; NaN if none are left. */
    private static double variance(double squares, int n, int correction) {
        return n > correction ? squares / (n - correction) : Double.NaN;
    }

    /** Deviations from the mean. */
    private static Tensor centered(Tensor x, int... axes) {
        return axes.length == 0 ? x.minus(x) : x.center(axes);
    }

    /** x / root, and 0 where the root is: all of x is 0 there. */
    private static Tensor perRoot(Tensor x, Tensor root) {
        return x.div(Tensor.where(root.equalTo(0), Tensor.scalar(1), root)).weighted(root.notEqualTo(0));
    }

    /** The arithmetic mean; NaN for no elements. */
    record Mean(int[] axes, boolean keepDims) implements Statistic {
        /** Copies the axes and checks their order. */
        public Mean {
            axes = Reduction.checked(axes);
        }

        @Override
        public float fold(float[] x, int offset, int n) {
            return (float) (Moments.sum(x, offset, n) / n);
        }

        @Override
        public void foldRows(float[] x, int offset, int rows, int stride, int width, float[] out, int to) {
            double[] means = means(x, offset, rows, stride, width);
            for (int i = 0; i < width; i++) {
                out[to + i] = (float) means[i];
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return unfolded(g.times(1f / count(in[0])), in[0]).expand(in[0].shape());
        }
    }

    /**
     * Σ (x − mean)² / (n − correction): correction 0 gives the variance of a population, 1 the unbiased estimate from a
     * sample. NaN where n ≤ correction.
     */
    record Variance(int[] axes, boolean keepDims, int correction) implements Statistic {
        /** Copies the axes and checks their order. */
        public Variance {
            axes = Reduction.checked(axes);
        }

        @Override
        public float fold(float[] x, int offset, int n) {
            return (float) variance(deviations(x, offset, n), n, correction);
        }

        @Override
        public void foldRows(float[] x, int offset, int rows, int stride, int width, float[] out, int to) {
            double[] squares = deviations(x, offset, rows, stride, width);
            for (int i = 0; i < width; i++) {
                out[to + i] = (float) variance(squares[i], rows, correction);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            var scaled = g.times(2f / (count(in[0]) - correction));
            return unfolded(scaled, in[0]).times(centered(in[0], axes));
        }
    }

    /**
     * √(variance + epsilon), the variance as in {@link Variance} but never rounded or overflowing in between. The
     * gradient of a deviation of 0 is 0.
     */
    record Deviation(int[] axes, boolean keepDims, int correction, float epsilon) implements Statistic {
        /** Copies the axes and checks their order. */
        public Deviation {
            axes = Reduction.checked(axes);
        }

        @Override
        public float fold(float[] x, int offset, int n) {
            return (float) Math.sqrt(variance(deviations(x, offset, n), n, correction) + epsilon);
        }

        @Override
        public void foldRows(float[] x, int offset, int rows, int stride, int width, float[] out, int to) {
            double[] squares = deviations(x, offset, rows, stride, width);
            for (int i = 0; i < width; i++) {
                out[to + i] = (float) Math.sqrt(variance(squares[i], rows, correction) + epsilon);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            var scaled = g.times(1f / (count(in[0]) - correction));
            return unfolded(scaled, in[0]).times(perRoot(centered(in[0], axes), unfolded(y, in[0])));
        }
    }

    /** The Euclidean norm √Σx²; 0 for no elements. The gradient x / norm is 0 where the norm is: a subgradient. */
    record Norm(int[] axes, boolean keepDims) implements Statistic {
        /** Copies the axes and checks their order. */
        public Norm {
            axes = Reduction.checked(axes);
        }

        @Override
        public float fold(float[] x, int offset, int n) {
            return (float) Math.sqrt(Moments.squares(x, offset, n, 0));
        }

        @Override
        public void foldRows(float[] x, int offset, int rows, int stride, int width, float[] out, int to) {
            var squares = new double[width];
            Moments.squares(x, offset, rows, stride, new double[width], squares);
            for (int i = 0; i < width; i++) {
                out[to + i] = (float) Math.sqrt(squares[i]);
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... in) {
            return unfolded(g, in[0]).times(perRoot(in[0], unfolded(y, in[0])));
        }
    }
}
