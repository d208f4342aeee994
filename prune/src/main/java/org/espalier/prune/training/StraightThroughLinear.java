package org.espalier.prune.training;

import org.espalier.io.FormatException;
import org.espalier.nn.Blueprint;
import org.espalier.tensor.Tensor;

/**
 * Computes with what is kept and learns all: the others are zero in the forward pass and get the gradient that they
 * would have if they were not.
 */
final class StraightThroughLinear extends ShadowLinear {
    StraightThroughLinear(Blueprint plan) throws FormatException {
        super(plan);
    }

    @Override
    public StraightThroughLinear rebuilt(Blueprint plan) throws FormatException {
        return new StraightThroughLinear(plan);
    }

    @Override
    Tensor computed() {
        return StraightThrough.of(weight().value(), kept().value());
    }
}
