package org.espalier.nn;

import org.espalier.io.FormatException;
import org.espalier.tensor.Tensor;

/**
 * The continuously differentiable ELU: x where x &gt; 0, otherwise α·(e^(x/α) − 1) (Barron 2017, arXiv 1704.07483).
 *
 * @param alpha α, finite and positive
 */
public record Celu(float alpha) implements Activation {
    /**
     * Checks α.
     *
     * @throws IllegalArgumentException if it is not finite and positive
     */
    public Celu {
        if (!(alpha > 0 && alpha < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("CELU: alpha must be finite and positive: " + alpha);
        }
    }

    @Override
    public Tensor of(Tensor x) {
        return Tensor.where(x.greater(Tensor.zeros(x.shape())), x, Elu.expm1(x.times(1 / alpha)).times(alpha));
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        Elu.expm1(x, xo, 1 / alpha, y, yo, n);
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] > 0 ? x[xo + i] : y[yo + i] * alpha;
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("celu").with("alpha", alpha);
    }

    static Celu build(Blueprint plan) throws FormatException {
        return new Celu(plan.number("alpha"));
    }
}
