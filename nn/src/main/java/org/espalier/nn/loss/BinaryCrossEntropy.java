package org.espalier.nn.loss;

import java.util.List;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * Yes-or-no outputs: the mean over all elements of −w·t·log σ(x) − (1 − t)·log(1 − σ(x)), x being logits and t targets
 * in [0, 1] of the same shape. Do not apply the sigmoid before. The weight w of positives is 1 unless set.
 *
 * <p>Computed as w·t·softplus(−x) + (1 − t)·softplus(x), which neither overflows nor cancels for any finite logit; at
 * infinite logits it has its limit. The focal loss multiplies each element by (1 − p)<sup>γ</sup>, p being the
 * probability of what is true: t·σ(x) + (1 − t)·(1 − σ(x)) (Lin et al. 2017, arXiv 1708.02002).
 *
 * @param positiveWeights w: one for all labels, or one for each; empty if all are 1
 * @param gamma γ, 0 or at least 1; 0 for plain cross-entropy
 */
public record BinaryCrossEntropy(List<Float> positiveWeights, float gamma) implements Loss {
    static final BinaryCrossEntropy PLAIN = new BinaryCrossEntropy(List.of(), 0);

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if a weight is negative or not finite or all are 0, or γ is neither 0 nor finite
     *     and at least 1
     */
    public BinaryCrossEntropy {
        positiveWeights = ClassWeights.of("weight of positives", positiveWeights);
        ClassWeights.requireGamma(gamma);
    }

    /**
     * With a weight of positives: negatives / positives lets both count the same. One for all labels, or one for each.
     *
     * @throws IllegalArgumentException if one is negative or not finite, or all are 0
     */
    public BinaryCrossEntropy positiveWeight(float... weights) {
        return new BinaryCrossEntropy(ClassWeights.list(weights), gamma);
    }

    /**
     * The focal loss, for which samples that are classified well hardly count.
     *
     * @param gamma γ, usually 2
     * @throws IllegalArgumentException if γ is not finite and at least 1
     */
    public BinaryCrossEntropy focal(float gamma) {
        return new BinaryCrossEntropy(positiveWeights, gamma);
    }

    @Override
    public Task task() {
        return Task.LABELS;
    }

    @Override
    public Tensor value(Tensor output, Tensor target) {
        return terms(output, target).mean();
    }

    @Override
    public Tensor perSample(Tensor output, Tensor target) {
        return SampleWeights.perSample(terms(output, target));
    }

    private Tensor terms(Tensor output, Tensor target) {
        Loss.requireSameShape("binary cross-entropy", output, target);
        var positive = positiveWeights.isEmpty() ? target : target.times(weights(output));
        var yes = output.negate().softplus().weighted(positive);
        var no = output.softplus().weighted(target.affine(-1, 1));
        if (gamma == 0) {
            return yes.plus(no);
        }
        var right = output.sigmoid();
        var missed = target.plus(right).minus(target.times(right).times(2)).clip(0, 1); // 1 − p
        return yes.plus(no).times(missed.pow(gamma));
    }

    private Tensor weights(Tensor output) {
        int labels = output.rank() < 2 ? 1 : output.dim(output.rank() - 1);
        if (positiveWeights.size() == 1) {
            return Tensor.scalar(positiveWeights.getFirst());
        }
        if (positiveWeights.size() != labels) {
            throw new ShapeException("binary cross-entropy: " + positiveWeights.size()
                    + " weights of positives for outputs " + output.shape());
        }
        return ClassWeights.tensor(positiveWeights);
    }
}
