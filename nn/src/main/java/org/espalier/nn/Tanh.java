package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** The hyperbolic tangent. */
public enum Tanh implements Activation {
    /** The only one: it has no state. */
    INSTANCE;

    @Override
    public Tensor of(Tensor x) {
        return x.tanh();
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("tanh");
    }

    @Override
    public String toString() {
        return "Tanh";
    }
}
