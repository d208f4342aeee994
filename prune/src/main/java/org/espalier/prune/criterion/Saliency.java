package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;

/**
 * Saliency: Σ|w·ḡ| over the unit, ḡ the gradient of the loss over all calibration samples. It says how fast the loss
 * changes as the weights are scaled down. Close to a minimum ḡ goes to zero and so do the scores; {@link Taylor} takes
 * absolute values or squares on every batch and does not suffer from that. Reference: Mozer and Smolensky, NIPS 1988.
 */
@Notation("saliency")
public record Saliency() implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        var gradients = MeanGradients.of(context);
        return context.forEach(target -> Scores.sum(products(target, gradients.get(target.name()))));
    }

    /** |w·ḡ| for each element that is left, 0 for the others, whatever their gradient. */
    static double[] products(PrunableWeight target, double[] gradient) {
        float[] weights = target.elements();
        var products = new double[weights.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = target.keeps(i) ? Math.abs(weights[i] * gradient[i]) : 0;
        }
        return products;
    }

    @Override
    public String formula() {
        return "Σ|w·ḡ|, ḡ over all batches";
    }

    @Override
    public String source() {
        return "Mozer and Smolensky 1988";
    }
}
