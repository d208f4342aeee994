package org.espalier.nn;

import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Tensor;

/** x·tanh(log(1 + eˣ)) (Misra 2019, arXiv 1908.08681). */
public record Mish() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.times(x.softplus().tanh());
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        var kernels = KernelChoice.current().dense();
        kernels.softplus(x, xo, y, yo, n);
        kernels.tanh(y, yo, y, yo, n);
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * y[yo + i];
        }
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
