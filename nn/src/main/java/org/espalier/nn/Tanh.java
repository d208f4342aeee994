package org.espalier.nn;

import org.espalier.nn.step.Pointwise;
import org.espalier.tensor.Tensor;

/** The hyperbolic tangent. */
public record Tanh() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.tanh();
    }

    @Override
    public Pointwise pointwise() {
        return Pointwise.tanh();
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
