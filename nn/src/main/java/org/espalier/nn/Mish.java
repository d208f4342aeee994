package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** x·tanh(log(1 + eˣ)) (Misra 2019, arXiv 1908.08681). */
public record Mish() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.times(x.softplus().tanh());
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("mish");
    }

    @Override
    public String toString() {
        return "Mish";
    }
}
