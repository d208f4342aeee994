package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** The smooth rectifier log(1 + eˣ). */
public enum Softplus implements Activation {
    /** The only one: it has no state. */
    INSTANCE;

    @Override
    public Tensor of(Tensor x) {
        return x.softplus();
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("softplus");
    }

    @Override
    public String toString() {
        return "Softplus";
    }
}
