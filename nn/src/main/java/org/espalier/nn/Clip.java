package org.espalier.nn;

import org.espalier.io.FormatException;
import org.espalier.tensor.Tensor;

/**
 * x limited to [low, high]; with 0 and 6 it is ReLU6.
 *
 * @param low the least value, or −∞
 * @param high the largest value, or ∞
 */
public record Clip(float low, float high) implements Activation {
    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException unless low &lt;= high
     */
    public Clip {
        if (!(low <= high)) {
            throw new IllegalArgumentException("clip: low " + low + " is not <= high " + high);
        }
    }

    @Override
    public Tensor of(Tensor x) {
        return x.clip(low, high);
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            float value = x[xo + i];
            y[yo + i] = Math.min(Math.max(value, low), high);
        }
    }

    @Override
    public LayerConfig config() {
        var config = LayerConfig.of("clip");
        // JSON has no infinite numbers: a limit that is none is not written
        config = Float.isInfinite(low) ? config : config.with("low", low);
        return Float.isInfinite(high) ? config : config.with("high", high);
    }

    static Clip build(Blueprint plan) throws FormatException {
        return new Clip(
                plan.attributes().has("low") ? plan.number("low") : Float.NEGATIVE_INFINITY,
                plan.attributes().has("high") ? plan.number("high") : Float.POSITIVE_INFINITY);
    }
}
