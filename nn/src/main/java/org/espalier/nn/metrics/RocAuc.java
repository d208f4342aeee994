package org.espalier.nn.metrics;

import org.espalier.nn.Layer;

/**
 * The area under the ROC curve: how often a positive sample has a higher output than a negative one, ties counting
 * half. For labels of more than two classes, the unweighted mean of each class against the rest, by its probability;
 * for targets of the output's shape, the unweighted mean over the outputs. NaN if a class has no samples, or has all.
 * Reference: Hanley and McNeil, Radiology 1982.
 *
 * @param probabilities whether outputs are probabilities; otherwise they are logits
 */
public record RocAuc(boolean probabilities) implements Metric {
    @Override
    public String name() {
        return "ROC-AUC";
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public RocAuc on(Layer model) {
        return new RocAuc(Outputs.areProbabilities(model));
    }

    @Override
    public Tally start() {
        return new RankTally(probabilities, RankedScores::areaUnderRoc);
    }
}
