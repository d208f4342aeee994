package org.espalier.nn.metrics;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Outputs with targets, for which scikit-learn 1.2.1 gave the values in the tests of this package. */
final class ScoredSamples {
    /** One logit per sample, three of them equal. */
    static final Tensor LOGIT = Tensor.vector(0.8f, -1.2f, 0.3f, 2, 0.3f, -0.5f, 1.1f, -2, 0.3f, 0.9f);
    static final Tensor YES = Tensor.vector(1, 0, 0, 1, 1, 0, 0, 0, 1, 1);

    /** Three logits per sample. */
    static final Tensor LOGITS = Tensor.of(
            Shape.of(8, 3), 2, -1, 0.5f, 0.3f, 0.1f, -2, 1, 1.5f, -0.5f, -1, 0, 3, 0.2f, 0.4f, 0.1f, 1.2f, 0.8f, 0.3f,
            -0.5f, 0.9f, 1.1f, 0.7f, -0.2f, 0.6f);
    static final Tensor CLASS = Tensor.vector(0, 2, 1, 2, 1, 0, 1, 0);
    static final Tensor LABELS = Tensor.of(
            Shape.of(8, 3), 1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0, 1);

    private ScoredSamples() {}

    /** A score of samples given in two batches, the first of three. */
    static double score(Metric metric, Tensor output, Tensor target) {
        var tally = metric.start();
        tally.add(output.slice(0, 0, 3), target.slice(0, 0, 3));
        tally.add(output.slice(0, 3, output.dim(0)), target.slice(0, 3, output.dim(0)));
        return tally.value();
    }
}
