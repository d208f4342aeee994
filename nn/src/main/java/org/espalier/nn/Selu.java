package org.espalier.nn;

import org.espalier.tensor.Tensor;

/**
 * The scaled exponential linear unit λ·ELU(x), with the λ and α for which activations tend to mean 0 and variance 1
 * (Klambauer et al. 2017, arXiv 1706.02515).
 */
public record Selu() implements Activation {
    private static final float ALPHA = 1.67326324235437728f;
    private static final float LAMBDA = 1.05070098735548049f;

    @Override
    public Tensor of(Tensor x) {
        return new Elu(ALPHA).of(x).times(LAMBDA);
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        Elu.expm1(x, xo, 1, y, yo, n);
        for (int i = 0; i < n; i++) {
            y[yo + i] = (x[xo + i] > 0 ? x[xo + i] : y[yo + i] * ALPHA) * LAMBDA;
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("selu");
    }

    @Override
    public String toString() {
        return "Selu";
    }
}
