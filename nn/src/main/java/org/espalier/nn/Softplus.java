package org.espalier.nn;

import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Tensor;

/** log(1 + eˣ), a smooth ReLU. */
public record Softplus() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.softplus();
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        KernelChoice.current().dense().softplus(x, xo, y, yo, n);
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
