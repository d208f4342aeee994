package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** 1 where a value is missing, which means NaN, and 0 elsewhere. */
public record MissingIndicator() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.notEqualTo(x);
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Float.isNaN(x[xo + i]) ? 1 : 0;
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("missing_indicator");
    }

    @Override
    public String toString() {
        return "MissingIndicator";
    }
}
