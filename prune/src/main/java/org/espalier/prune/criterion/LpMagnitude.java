package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;

/**
 * The size of the weights in another norm: (Σ|w|ᵖ)^(1/p) over the unit. With a large p the largest weight decides, with
 * a p below 1 the number of weights that are not small; for single weights it is |w| whatever p. {@link Magnitude} has
 * p = 1 and 2.
 *
 * @param p the exponent, positive and finite
 */
@Notation("magnitude lp {p}")
public record LpMagnitude(double p) implements Criterion {
    /**
     * Checks the exponent.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public LpMagnitude {
        if (!(p > 0 && p < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the exponent of a norm is positive and finite, not " + p);
        }
    }

    @Override
    public Map<String, Scores> score(ScoringContext context) {
        return context.forEach(this::scores);
    }

    private Scores scores(PrunableWeight target) {
        float[] weights = target.elements();
        double largest = 0;
        for (float w : weights) {
            largest = Math.max(largest, Math.abs((double) w));
        }
        // Relative to the largest weight, so that a high power neither overflows nor vanishes.
        double scale = largest == 0 ? 1 : largest;
        var contributions = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            contributions[i] = StrictMath.pow(Math.abs(weights[i] / scale), p);
        }
        return Scores.sum(contributions, sum -> scale * StrictMath.pow(sum, 1 / p));
    }

    @Override
    public String formula() {
        return "(Σ|w|^" + p + ")^(1/" + p + ")";
    }
}
