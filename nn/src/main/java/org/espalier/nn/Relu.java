package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** The rectifier max(x, 0). */
public enum Relu implements Activation {
    /** The only one: it has no state. */
    INSTANCE;

    @Override
    public Tensor of(Tensor x) {
        return x.relu();
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
