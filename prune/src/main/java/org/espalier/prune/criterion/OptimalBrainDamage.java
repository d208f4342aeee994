package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;

/**
 * Optimal brain damage: ½ Σ h·w² over the unit, h the diagonal of the loss's second derivative. It is the change of the
 * loss when the weights are removed, at a minimum (no gradient) and with no interaction between weights. Published with
 * a diagonal computed by a second backward pass under a Levenberg–Marquardt approximation; here it is one of the
 * estimates of {@link Curvature}. A negative estimate is left as it is: such a weight goes first. Reference: LeCun,
 * Denker and Solla, NIPS 1989, equation 5.
 *
 * @param curvature where h comes from
 */
@Notation("obd {curvature}")
public record OptimalBrainDamage(Curvature curvature) implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        var diagonals = curvature.diagonal(context);
        return context.forEach(target -> {
            float[] weights = target.elements();
            double[] h = diagonals.get(target.name());
            var contributions = new double[weights.length];
            for (int i = 0; i < weights.length; i++) {
                contributions[i] = 0.5 * h[i] * weights[i] * weights[i];
            }
            return Scores.sum(contributions);
        });
    }

    @Override
    public String formula() {
        return curvature == Curvature.FISHER ? "½ Σ h·w², h = mean of g² by sample" : "½ Σ h·w², h = mean of v ⊙ H·v";
    }

    @Override
    public String source() {
        return "LeCun et al. 1989";
    }
}
