package org.espalier.nn;

import org.espalier.nn.loss.BinaryCrossEntropy;
import org.espalier.tensor.Tensor;

/**
 * The logistic function 1 / (1 + e⁻ˣ). For a loss on probabilities use {@link BinaryCrossEntropy} on the logits
 * instead.
 */
public enum Sigmoid implements Activation {
    /** The only one: it has no state. */
    INSTANCE;

    @Override
    public Tensor of(Tensor x) {
        return x.sigmoid();
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
