package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** Regression: the mean over all elements of (output − target)², both of one shape. */
public enum MeanSquaredError implements Loss {
    /** The only one: it has no settings. */
    INSTANCE;

    @Override
    public Tensor value(Tensor output, Tensor target) {
        Loss.requireSameShape("mean squared error", output, target);
        return output.minus(target).square().mean();
    }
}
