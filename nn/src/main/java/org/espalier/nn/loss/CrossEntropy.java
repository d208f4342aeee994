package org.espalier.nn.loss;

import java.util.List;
import org.espalier.nn.Labels;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Classification: the mean over the batch of −Σ q·log softmax(output). The output is logits [batch, classes]; do not
 * apply softmax before. The target is either a class label per row, [batch], or a distribution q per row,
 * [batch, classes], as distillation gives it.
 *
 * <p>With smoothing s, q becomes (1 − s)·q + s / classes (Szegedy et al. 2016, arXiv 1512.00567). With class weights w
 * the terms of class c are multiplied by w<sub>c</sub>, and the mean over labels is divided by the sum of the labels'
 * weights, that over distributions by the rows, as PyTorch does. The focal loss multiplies the loss of a row by
 * (1 − p)<sup>γ</sup>, p being the probability of its class (Lin et al. 2017, arXiv 1708.02002).
 *
 * @param smoothing s, in [0, 1)
 * @param classWeights w, one for each class; empty if all are 1
 * @param gamma γ, 0 or at least 1; 0 for plain cross-entropy
 */
public record CrossEntropy(float smoothing, List<Float> classWeights, float gamma) implements Loss {
    static final CrossEntropy PLAIN = new CrossEntropy(0, List.of(), 0);

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if the smoothing is not in [0, 1), a weight is negative or not finite or all are
     *     0, γ is neither 0 nor finite and at least 1, or smoothing and γ are combined
     */
    public CrossEntropy {
        if (!(smoothing >= 0 && smoothing < 1)) {
            throw new IllegalArgumentException("label smoothing must be in [0, 1): " + smoothing);
        }
        classWeights = ClassWeights.of("class weight", classWeights);
        ClassWeights.requireGamma(gamma);
        if (gamma != 0 && smoothing != 0) {
            throw new IllegalArgumentException("cross-entropy: choose either label smoothing or the focal loss");
        }
    }

    /** With label smoothing in [0, 1). */
    public CrossEntropy labelSmoothing(float smoothing) {
        return new CrossEntropy(smoothing, classWeights, gamma);
    }

    /**
     * With a weight for each class: rare classes count as much as frequent ones if they weigh more.
     *
     * @throws IllegalArgumentException if one is negative or not finite, or all are 0
     */
    public CrossEntropy classWeights(float... weights) {
        return new CrossEntropy(smoothing, ClassWeights.list(weights), gamma);
    }

    /**
     * The focal loss, for which samples that are classified well hardly count; it needs labels as targets.
     *
     * @param gamma γ, usually 2
     * @throws IllegalArgumentException if γ is not finite and at least 1
     */
    public CrossEntropy focal(float gamma) {
        return new CrossEntropy(smoothing, classWeights, gamma);
    }

    @Override
    public Task task() {
        return Task.CLASSIFICATION;
    }

    @Override
    public Tensor value(Tensor output, Tensor target) {
        var losses = losses(output, target);
        return classWeights.isEmpty() || target.rank() != 1
                ? losses.mean()
                : losses.sum().div(weightsOf(labels(output, target)).sum());
    }

    @Override
    public Tensor perSample(Tensor output, Tensor target) {
        return losses(output, target);
    }

    @Override
    public Tensor value(Tensor output, Tensor target, Tensor weights) {
        if (weights.rank() == 0) {
            return value(output, target);
        }
        var losses = losses(output, target);
        return classWeights.isEmpty() || target.rank() != 1
                ? SampleWeights.mean(losses, weights)
                : SampleWeights.mean(losses, weights, weights.times(weightsOf(labels(output, target))));
    }

    /** The loss of each row, times the weight of its class. */
    private Tensor losses(Tensor output, Tensor target) {
        if (output.rank() != 2) {
            throw new ShapeException("cross-entropy: needs logits [batch, classes], not " + output.shape());
        }
        if (!classWeights.isEmpty() && classWeights.size() != output.dim(1)) {
            throw new ShapeException(
                    "cross-entropy: " + classWeights.size() + " class weights for logits " + output.shape());
        }
        if (target.shape().equals(output.shape())) {
            return ofDistributions(output, target);
        }
        if (target.rank() != 1 || target.dim(0) != output.dim(0)) {
            throw new ShapeException("cross-entropy: logits " + output.shape() + " need classes [" + output.dim(0)
                    + "] or distributions " + output.shape() + ", not " + target.shape());
        }
        int[] labels = labels(output, target);
        if (classWeights.isEmpty()) {
            return focused(output.crossEntropy(smoothing, labels));
        }
        var ofLabel = focused(output.crossEntropy(0, labels)).weighted(weightsOf(labels));
        if (smoothing == 0) {
            return ofLabel;
        }
        var ofAll = output.logSoftmax().weighted(allWeights()).sum(-1).times(-smoothing / output.dim(1));
        return ofLabel.times(1 - smoothing).plus(ofAll);
    }

    private Tensor ofDistributions(Tensor output, Tensor target) {
        if (gamma != 0) {
            throw new ShapeException("cross-entropy: the focal loss needs class labels [" + output.dim(0)
                    + "], not distributions " + target.shape());
        }
        var q = smoothing == 0 ? target : target.affine(1 - smoothing, smoothing / output.dim(1));
        return output.logSoftmax().weighted(classWeights.isEmpty() ? q : q.times(allWeights())).sum(-1).negate();
    }

    private Tensor focused(Tensor losses) {
        // The probability of the class is exp(−loss).
        return gamma == 0 ? losses : losses.times(losses.negate().exp().affine(-1, 1).pow(gamma));
    }

    private static int[] labels(Tensor output, Tensor target) {
        return Labels.toArray(target, "cross-entropy", output.dim(1));
    }

    private Tensor weightsOf(int... labels) {
        var weights = new float[labels.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = classWeights.get(labels[i]);
        }
        return Storage.adopt(Shape.of(weights.length), weights);
    }

    private Tensor allWeights() {
        return ClassWeights.tensor(classWeights);
    }
}
