package org.espalier.nn.loss;

import org.espalier.tensor.Tensor;

/** Regression that outliers pull less: the mean over all elements of |output − target|, both of one shape; L1. */
public record MeanAbsoluteError() implements Loss {
    @Override
    public Tensor value(Tensor output, Tensor target) {
        return terms(output, target).mean();
    }

    @Override
    public Tensor perSample(Tensor output, Tensor target) {
        return SampleWeights.perSample(terms(output, target));
    }

    private static Tensor terms(Tensor output, Tensor target) {
        Loss.requireSameShape("mean absolute error", output, target);
        return output.minus(target).abs();
    }
}
