package org.espalier.prune.training;

import org.espalier.io.FormatException;
import org.espalier.nn.Blueprint;
import org.espalier.tensor.Tensor;

/** Computes with all weights; the mask is only recorded. */
final class MarkedLinear extends ShadowLinear {
    MarkedLinear(Blueprint plan) throws FormatException {
        super(plan);
    }

    @Override
    public MarkedLinear rebuilt(Blueprint plan) throws FormatException {
        return new MarkedLinear(plan);
    }

    @Override
    Tensor computed() {
        return weight().value();
    }
}
