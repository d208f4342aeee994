package org.espalier.nn.loss;

import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Means of the losses of samples. */
final class SampleWeights {
    private SampleWeights() {}

    /** The loss of each sample as the mean over its elements: [batch, …] becomes [batch]. */
    static Tensor perSample(Tensor terms) {
        if (terms.rank() == 0) {
            throw new ShapeException("loss: sample weights need outputs with a batch axis");
        }
        int rows = terms.dim(0);
        return terms.rank() == 1 ? terms : terms.reshape(rows, rows == 0 ? 0 : terms.size() / rows).mean(1);
    }

    /** Σ wᵢ·lᵢ / Σ wᵢ. */
    static Tensor mean(Tensor losses, Tensor weights) {
        return mean(losses, weights, weights);
    }

    /** Σ wᵢ·lᵢ / Σ dᵢ; a sample of weight 0 does not count, whatever its loss is. */
    static Tensor mean(Tensor losses, Tensor weights, Tensor divisors) {
        require(losses, weights);
        return losses.weighted(weights).sum().div(divisors.sum());
    }

    private static void require(Tensor losses, Tensor weights) {
        if (!weights.shape().equals(losses.shape())) {
            throw new ShapeException("loss: weights " + weights.shape() + " do not fit the samples " + losses.shape());
        }
        double sum = 0;
        for (float weight : Storage.array(weights)) {
            if (!(weight >= 0 && weight < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "loss: a sample's weight must be finite and at least 0, not " + weight);
            }
            sum += weight;
        }
        if (sum == 0 && weights.size() > 0) {
            throw new IllegalArgumentException("loss: all samples of the batch weigh 0; at least one must count");
        }
    }
}
