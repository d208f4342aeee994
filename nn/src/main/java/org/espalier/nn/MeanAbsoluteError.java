package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** Regression that outliers pull less: the mean over all elements of |output − target|, both of one shape; L1. */
public enum MeanAbsoluteError implements Loss {
    /** The only one: it has no settings. */
    INSTANCE;

    @Override
    public Tensor value(Tensor output, Tensor target) {
        Loss.requireSameShape("mean absolute error", output, target);
        return output.minus(target).abs().mean();
    }
}
