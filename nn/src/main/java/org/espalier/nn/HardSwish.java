package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** x·h(x) with the hard sigmoid h(x) = min(max(x/6 + ½, 0), 1) (Howard et al. 2019, arXiv 1905.02244). */
public record HardSwish() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.times(Activation.hardSigmoid().of(x));
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * Math.min(Math.max(x[xo + i] * (1 / 6f) + 0.5f, 0f), 1f);
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("hard_swish");
    }

    @Override
    public String toString() {
        return "HardSwish";
    }
}
