package org.espalier.prune.criterion;

import java.util.ArrayList;
import java.util.Map;
import org.espalier.prune.notation.Notation;

/**
 * First-order Taylor expansion: how much the loss would change, to first order, if the unit were zero. With g the
 * gradient on one calibration batch, w the weights, and sums over the unit:
 *
 * <ul>
 *   <li>{@link #GROUP}: (Σ g·w)², the change of the unit as a whole;
 *   <li>{@link #SQUARED}: Σ (g·w)², as if its weights were independent;
 *   <li>{@link #ABSOLUTE}: Σ |g·w|, a bound of the change.
 * </ul>
 *
 * All are taken on every batch and then averaged. Averaging the gradients first would be another estimator, which goes
 * to zero as the model converges. For single weights the first two agree. Reference: Molchanov, Mallya, Tyree, Frosio
 * and Kautz, CVPR 2019 (arXiv 1906.10771), equations 8 and 9.
 */
@Notation("taylor {}")
public enum Taylor implements Criterion {
    /** (Σ g·w)². */
    GROUP,
    /** Σ (g·w)². */
    SQUARED,
    /** Σ |g·w|. */
    ABSOLUTE;

    @Override
    public Map<String, Scores> score(ScoringContext context) {
        var gradients = context.gradients();
        return context.forEach(target -> {
            var samples = new ArrayList<double[]>();
            for (var batch : gradients) {
                samples.add(products(target.elements(), batch.get(target.name())));
            }
            return Scores.meanOfSums(samples, this == GROUP ? sum -> sum * sum : sum -> sum);
        });
    }

    private double[] products(float[] weights, float[] gradient) {
        var products = new double[weights.length];
        for (int i = 0; i < products.length; i++) {
            double product = (double) gradient[i] * weights[i];
            products[i] = switch (this) {
                case GROUP -> product;
                case SQUARED -> product * product;
                case ABSOLUTE -> Math.abs(product);
            };
        }
        return products;
    }

    @Override
    public String formula() {
        return switch (this) {
            case GROUP -> "mean over batches of (Σ g·w)²";
            case SQUARED -> "mean over batches of Σ (g·w)²";
            case ABSOLUTE -> "mean over batches of Σ|g·w|";
        };
    }

    @Override
    public String source() {
        return "Molchanov et al. 2019";
    }
}
