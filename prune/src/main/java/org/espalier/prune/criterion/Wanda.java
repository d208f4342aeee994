package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;

/**
 * Weights and activations: |w[i][j]|·‖x[j]‖₂, the norm of input feature j over all calibration samples, after whatever
 * comes before the layer. Nothing is updated.
 *
 * <p>Published for ranking within each output row: use it with {@link org.espalier.prune.sparsity.SparsityPattern#rows
 * rows} or another pool along the inputs; a ranking over the whole layer or model is another method. Published too is
 * that layers are pruned in order, each seeing inputs from the pruned layers before it:
 * {@code Pruner.applySequentially} does that. Reference: Sun, Liu, Bair and Kolter, ICLR 2024 (arXiv 2306.11695),
 * equation 1.
 */
@Notation("wanda")
public record Wanda() implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        return context.forEach(target -> {
            double[] squares = context.inputSquares(target);
            float[] weights = target.elements();
            var contributions = new double[weights.length];
            for (int i = 0; i < weights.length; i++) {
                contributions[i] = Math.abs(weights[i]) * Math.sqrt(squares[i % squares.length]);
            }
            return Scores.sum(contributions);
        });
    }

    @Override
    public String formula() {
        return "Σ|w|·‖xⱼ‖₂";
    }

    @Override
    public String source() {
        return "Sun et al. 2024";
    }
}
