package org.espalier.nn;

import org.espalier.io.FormatException;
import org.espalier.tensor.Tensor;

/**
 * ReLU with a slope for negative values: x where x &gt; 0, otherwise slope·x (Maas, Hannun and Ng 2013, "Rectifier
 * nonlinearities improve neural network acoustic models").
 *
 * @param slope finite
 */
public record LeakyRelu(float slope) implements Activation {
    /**
     * Checks the slope.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public LeakyRelu {
        if (!Float.isFinite(slope)) {
            throw new IllegalArgumentException("leaky ReLU: the slope must be finite: " + slope);
        }
    }

    @Override
    public Tensor of(Tensor x) {
        return x.leakyRelu(slope);
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            float value = x[xo + i];
            y[yo + i] = value > 0 ? value : value * slope;
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("leaky_relu").with("slope", slope);
    }

    static LeakyRelu build(Blueprint plan) throws FormatException {
        return new LeakyRelu(plan.number("slope"));
    }
}
