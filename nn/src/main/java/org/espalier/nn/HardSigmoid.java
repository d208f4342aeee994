package org.espalier.nn;

import org.espalier.io.FormatException;
import org.espalier.tensor.Tensor;

/**
 * slope·x + offset limited to [0, 1]. PyTorch's has slope 1/6 and offset ½; the default of ONNX is 0.2 and ½.
 *
 * @param slope finite
 * @param offset finite
 */
public record HardSigmoid(float slope, float offset) implements Activation {
    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one is not finite
     */
    public HardSigmoid {
        if (!Float.isFinite(slope) || !Float.isFinite(offset)) {
            throw new IllegalArgumentException("hard sigmoid: must be finite: " + slope + " and " + offset);
        }
    }

    @Override
    public Tensor of(Tensor x) {
        return x.affine(slope, offset).clip(0, 1);
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Math.min(Math.max(x[xo + i] * slope + offset, 0f), 1f);
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("hard_sigmoid").with("slope", slope).with("offset", offset);
    }

    static HardSigmoid build(Blueprint plan) throws FormatException {
        return new HardSigmoid(plan.number("slope"), plan.number("offset"));
    }
}
