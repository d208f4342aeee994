package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;

/**
 * Structured gradient magnitude: Σ|g| over the unit, g the gradient of the loss on a calibration batch, averaged over
 * the batches. The absolute value is taken on every batch before averaging: gradients of a converged model cancel
 * between batches, their sizes do not. The weights themselves do not enter; {@link Taylor} multiplies them in.
 */
@Notation("gradient magnitude")
public record GradientMagnitude() implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        var gradients = context.gradients();
        return context.forEach(target -> {
            var contributions = new double[target.weight().size()];
            for (var batch : gradients) {
                float[] g = batch.get(target.name());
                for (int i = 0; i < g.length; i++) {
                    contributions[i] += Math.abs((double) g[i]) / gradients.size();
                }
            }
            return Scores.sum(contributions);
        });
    }

    @Override
    public String formula() {
        return "mean over batches of Σ|g|";
    }
}
