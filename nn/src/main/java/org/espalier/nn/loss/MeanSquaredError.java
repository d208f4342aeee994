package org.espalier.nn.loss;

import org.espalier.tensor.Tensor;

/** Regression: the mean over all elements of (output − target)², both of one shape. */
public record MeanSquaredError() implements Loss {
    @Override
    public Tensor value(Tensor output, Tensor target) {
        return terms(output, target).mean();
    }

    @Override
    public Tensor perSample(Tensor output, Tensor target) {
        return SampleWeights.perSample(terms(output, target));
    }

    private static Tensor terms(Tensor output, Tensor target) {
        Loss.requireSameShape("mean squared error", output, target);
        return output.minus(target).square();
    }
}
