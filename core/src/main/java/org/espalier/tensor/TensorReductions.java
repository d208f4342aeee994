package org.espalier.tensor;

import java.util.function.UnaryOperator;

/**
 * What a tensor computes along axes: sums, means, extremes, norms, normalization, ranking. Axes may be negative,
 * counting from the innermost; where several may be given, none means all. A reduced axis disappears or, with
 * {@code keepDims}, stays with size 1. The ops themselves are in {@link Reduction}, {@link Statistic},
 * {@link Normalization} and {@link Fused}.
 */
public sealed interface TensorReductions permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    private int[] axes(String op, int... axes) {
        return self().shape().axes(op, axes);
    }

    // ---- sums and statistics: one line per operation (@formatter:off)

    /** The sum over axes; 0 of nothing. */
    default Tensor sum(int... axes) { return sum(false, axes); }
    /** The sum over axes; 0 of nothing. */
    default Tensor sum(boolean keepDims, int... axes) {
        return new Reduction.Sum(axes("sum", axes), keepDims).of(self());
    }
    /** The mean over axes; NaN of nothing. The mean of equal numbers is that number. */
    default Tensor mean(int... axes) { return mean(false, axes); }
    /** The mean over axes; NaN of nothing. */
    default Tensor mean(boolean keepDims, int... axes) {
        return new Statistic.Mean(axes("mean", axes), keepDims).of(self());
    }
    /** The variance of a population over axes, Σ(x − mean)² / n; NaN of nothing, 0 of equal numbers. */
    default Tensor variance(int... axes) { return variance(0, false, axes); }
    /** The variance of a population over axes, Σ(x − mean)² / n. */
    default Tensor variance(boolean keepDims, int... axes) { return variance(0, keepDims, axes); }
    /** Σ(x − mean)² / (n − correction) over axes: with correction 1 the unbiased estimate from a sample. */
    default Tensor variance(int correction, boolean keepDims, int... axes) {
        return new Statistic.Variance(axes("variance", axes), keepDims, correction).of(self());
    }
    /** The standard deviation of a population over axes, √(Σ(x − mean)² / n); its gradient at 0 is 0. */
    default Tensor std(int... axes) { return std(0, false, axes); }
    /** √(Σ(x − mean)² / (n − correction)) over axes: with correction 1 the usual estimate from a sample. */
    default Tensor std(int correction, boolean keepDims, int... axes) {
        return new Statistic.Deviation(axes("std", axes), keepDims, correction, 0).of(self());
    }
    /** The Euclidean norm √Σx² over axes, which neither overflows nor underflows in between; its gradient at 0 is 0. */
    default Tensor norm(int... axes) { return norm(false, axes); }
    /** The Euclidean norm √Σx² over axes; its gradient at 0 is 0. */
    default Tensor norm(boolean keepDims, int... axes) {
        return new Statistic.Norm(axes("norm", axes), keepDims).of(self());
    }
    /** The largest over axes; −∞ of nothing, NaN if there is one. Equal largest ones share the gradient. */
    default Tensor max(int... axes) { return max(false, axes); }
    /** The largest over axes; −∞ of nothing, NaN if there is one. */
    default Tensor max(boolean keepDims, int... axes) {
        return new Reduction.Max(axes("max", axes), keepDims).of(self());
    }
    /** The smallest over axes; ∞ of nothing, NaN if there is one. Equal smallest ones share the gradient. */
    default Tensor min(int... axes) { return min(false, axes); }
    /** The smallest over axes; ∞ of nothing, NaN if there is one. */
    default Tensor min(boolean keepDims, int... axes) {
        return self().negate().max(keepDims, axes("min", axes)).negate();
    }
    /** The product over axes; 1 of nothing. */
    default Tensor prod(int... axes) { return prod(false, axes); }
    /** The product over axes, taken in pairs, then pairs of pairs and so on; 1 of nothing. */
    default Tensor prod(boolean keepDims, int... axes) {
        return Reduction.product(self(), keepDims, axes("prod", axes));
    }
    /** log Σeˣ over the innermost axis, which disappears; −∞ of nothing. */
    default Tensor logSumExp() { return Op.apply(new Fused.LogSumExp(), self()); }
    /** The sums up to and including each element along an axis. */
    default Tensor cumsum(int axis) {
        return Op.apply(new Fused.CumulativeSum(self().shape().axis("cumsum", axis), false), self());
    }

    // ---- normalization

    /** eˣ / Σeˣ over the innermost axis. */
    default Tensor softmax() { return Op.apply(new Fused.Softmax(), self()); }
    /** eˣ / Σeˣ over an axis. */
    default Tensor softmax(int axis) { return along("softmax", axis, Tensor::softmax); }
    /** The logarithm of the softmax over the innermost axis. */
    default Tensor logSoftmax() { return Op.apply(new Fused.LogSoftmax(), self()); }
    /** The logarithm of the softmax over an axis. */
    default Tensor logSoftmax(int axis) { return along("logSoftmax", axis, Tensor::logSoftmax); }
    /** x − mean over axes. */
    default Tensor center(int... axes) {
        return Normalization.over("center", self(), Normalization.Center::new, axes);
    }
    /** (x − mean) / √(variance + epsilon) over the innermost axis, with the variance of a population. */
    default Tensor normalize(float epsilon) { return normalize(epsilon, -1); }
    /** (x − mean) / √(variance + epsilon) over axes, with the variance of a population. */
    default Tensor normalize(float epsilon, int... axes) {
        return Normalization.over("normalize", self(), axis -> new Normalization.Normalize(axis, epsilon), axes);
    }
    /** The cross-entropy of each row of logits with its label, optionally smoothed. */
    default Tensor crossEntropy(float smoothing, int... labels) {
        return Op.apply(new Fused.CrossEntropy(labels, smoothing), self());
    }

    // ---- ranking: NaN has no rank and is refused with an IllegalArgumentException

    /** The index of the first largest element of each row along the innermost axis. */
    default int[] argmax() { return argmax(-1); }
    /** The index of the first largest element along an axis, for each place in the other axes in row-major order. */
    default int[] argmax(int axis) { return Ranking.largest("argmax", self(), 1, axis).indices(); }
    /** The index of the first smallest element of each row along the innermost axis. */
    default int[] argmin() { return argmin(-1); }
    /** The index of the first smallest element along an axis, for each place in the other axes in row-major order. */
    default int[] argmin(int axis) { return Ranking.largest("argmin", self().detach().negate(), 1, axis).indices(); }
    /** The k largest of each row along the innermost axis, largest first. */
    default Ranking.TopK topK(int k) { return topK(k, -1); }
    /** The k largest along an axis, largest first. */
    default Ranking.TopK topK(int k, int axis) { return Ranking.largest("topK", self(), k, axis); }
    // @formatter:on

    /** An op of the innermost axis along another one. */
    private Tensor along(String op, int axis, UnaryOperator<Tensor> innermost) {
        int at = self().shape().axis(op, axis);
        int last = self().rank() - 1;
        return at == last ? innermost.apply(self()) : innermost.apply(self().moveAxis(at, last)).moveAxis(last, at);
    }
}
