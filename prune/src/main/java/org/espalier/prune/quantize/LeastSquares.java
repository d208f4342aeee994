package org.espalier.prune.quantize;

import org.espalier.compressed.ActivationScale;
import org.espalier.prune.notation.Notation;

/**
 * The range with the least sum of squared errors of the values, among those from k % of the least to k % of the largest
 * value, k = 1 to 100; the wider of two. Source: Banner et al. 2019, arXiv 1810.05723, which minimizes the same error
 * by a formula for a given distribution; here it is counted.
 */
@Notation("mse")
public record LeastSquares() implements Observer {
    private static final int STEPS = 100;

    @Override
    public ActivationScale scale(float[] values) {
        float[] range = Values.range(values);
        ActivationScale best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int step = STEPS; step > 0; step--) {
            float share = (float) step / STEPS;
            var scale = ActivationScale.of(range[0] * share, range[1] * share);
            double error = error(values, scale);
            if (best == null || error < least) {
                best = scale;
                least = error;
            }
        }
        return best;
    }

    private static double error(float[] values, ActivationScale scale) {
        double error = 0;
        for (float value : values) {
            double off = (double) scale.value(scale.code(value)) - value;
            error += off * off;
        }
        return error;
    }

}
