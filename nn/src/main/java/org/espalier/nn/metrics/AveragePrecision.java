package org.espalier.nn.metrics;

import org.espalier.nn.Layer;

/**
 * Average precision, the area under the precision-recall curve (PR-AUC) as a step function: Σ (Rᵢ − Rᵢ₋₁)·Pᵢ over the
 * distinct outputs from the highest down. For several classes or labels the unweighted mean, as for {@link RocAuc}. NaN
 * if a class has no samples. Reference: Davis and Goadrich, ICML 2006, on why the curve is not interpolated linearly.
 *
 * @param probabilities whether outputs are probabilities; otherwise they are logits
 */
public record AveragePrecision(boolean probabilities) implements Metric {
    @Override
    public String name() {
        return "PR-AUC";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public AveragePrecision on(Layer model) {
        return new AveragePrecision(Outputs.areProbabilities(model));
    }

    @Override
    public Tally start() {
        return new RankTally(probabilities, RankedScores::averagePrecision);
    }
}
