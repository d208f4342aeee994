package org.espalier.nn;

import org.espalier.nn.step.Pointwise;
import org.espalier.tensor.Tensor;

/** ReLU: max(x, 0). */
public record Relu() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.relu();
    }

    @Override
    public Pointwise pointwise() {
        return Pointwise.relu();
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("relu");
    }

    @Override
    public String toString() {
        return "Relu";
    }
}
