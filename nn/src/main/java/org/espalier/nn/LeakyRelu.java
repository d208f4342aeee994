package org.espalier.nn;

import org.espalier.io.FormatException;
import org.espalier.tensor.Tensor;

/**
 * The rectifier that lets a share of negative values through: x where x &gt; 0, otherwise slope·x (Maas, Hannun and Ng
 * 2013, "Rectifier nonlinearities improve neural network acoustic models").
 *
 * @param slope the share, finite
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
    public LayerConfig config() {
        return LayerConfig.of("leaky_relu").with("slope", slope);
    }

    static LeakyRelu build(Blueprint plan) throws FormatException {
        return new LeakyRelu(plan.number("slope"));
    }
}
