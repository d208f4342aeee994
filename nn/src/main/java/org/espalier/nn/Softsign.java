package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** x / (1 + |x|). */
public record Softsign() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.div(x.abs().plus(1));
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] / (Math.abs(x[xo + i]) + 1);
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("softsign");
    }

    @Override
    public String toString() {
        return "Softsign";
    }
}
