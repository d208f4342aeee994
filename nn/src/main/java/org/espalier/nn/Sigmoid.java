package org.espalier.nn;

import org.espalier.nn.step.Pointwise;
import org.espalier.tensor.Tensor;

/**
 * The logistic function 1 / (1 + e⁻ˣ). For training use {@code BinaryCrossEntropy} on the logits instead.
 */
public record Sigmoid() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.sigmoid();
    }

    @Override
    public Pointwise pointwise() {
        return Pointwise.sigmoid();
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("sigmoid");
    }

    @Override
    public String toString() {
        return "Sigmoid";
    }
}
