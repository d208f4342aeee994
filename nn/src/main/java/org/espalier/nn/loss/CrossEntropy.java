package org.espalier.nn.loss;

import org.espalier.nn.Labels;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * Classification: the mean over the batch of −Σ q·log softmax(output). The output is logits [batch, classes]; do not
 * apply softmax before. The target is either a class number per row, [batch], or a distribution q per row,
 * [batch, classes], as distillation gives it.
 *
 * <p>With smoothing s, q becomes (1 − s)·q + s / classes (Szegedy et al. 2016, arXiv 1512.00567).
 *
 * @param smoothing s, in [0, 1)
 */
public record CrossEntropy(float smoothing) implements Loss {
    /**
     * Checks the smoothing.
     *
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public CrossEntropy {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing must be in [0, 1): " + smoothing);
        }
    }

    /** With label smoothing in [0, 1). */
    public CrossEntropy labelSmoothing(float smoothing) {
        return new CrossEntropy(smoothing);
    }

    @Override
    public Tensor value(Tensor output, Tensor target) {
        if (output.rank() != 2) {
            throw new ShapeException("cross-entropy: needs logits [batch, classes], not " + output.shape());
        }
        if (target.shape().equals(output.shape())) {
            var q = smoothing == 0 ? target : target.affine(1 - smoothing, smoothing / output.dim(1));
            return output.logSoftmax().weighted(q).sum(-1).mean().negate();
        }
        if (target.rank() != 1 || target.dim(0) != output.dim(0)) {
            throw new ShapeException("cross-entropy: logits " + output.shape() + " need classes [" + output.dim(0)
                    + "] or distributions " + output.shape() + ", not " + target.shape());
        }
        return output.crossEntropy(smoothing, Labels.toArray(target, "cross-entropy", output.dim(1))).mean();
    }
}
