package org.espalier.prune.sparsity;

import java.util.ArrayList;
import java.util.List;

/**
 * One ranking over all layers. The count is exact over all of them together, unless a floor forbids it.
 *
 * @param normalized whether each layer's scores are first divided by their Euclidean norm. PyTorch compares raw scores,
 *     NNCF and jaxpruner divide; the results differ greatly. Raw is the usual one
 */
public record Global(boolean normalized) implements Allocation {
    /** Raw scores. */
    public Global() {
        this(false);
    }

    @Override
    public List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor) {
        var scores = layers.stream()
                .map(layer -> normalized ? normalized(layer) : layer.scores())
                .toList();
        return rank("global", layers, scores, goal, floor);
    }

    /** One ranking by the given scores, which may differ from the candidates' own. */
    static List<boolean[]> rank(
            String name, List<Candidates> layers, List<double[]> scores, Goal goal, Floor floor) {
        int total = 0;
        int atStart = 0;
        int now = 0;
        var kept = new ArrayList<boolean[]>();
        var ranges = new ArrayList<Lowest.Range>();
        int removable = 0;
        for (int i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            requireOnePool(name, layer);
            total += layer.units().count();
            atStart += layer.atStart().removed();
            now += layer.units().removed();
            var keeps = layer.keepsAlive();
            kept.add(keeps);
            // Only the lowest of a layer, as many as its floor spares, take part in the common ranking.
            int spare = Math.max(0, layer.alive() - floor.of(layer.units().count()));
            var lowest = keeps.clone();
            Lowest.remove(scores.get(i), lowest, 0, lowest.length, spare);
            var eligible = new boolean[keeps.length];
            for (int unit = 0; unit < keeps.length; unit++) {
                eligible[unit] = keeps[unit] && !lowest[unit];
            }
            ranges.add(new Lowest.Range(scores.get(i), eligible, 0, eligible.length));
            removable += spare;
        }
        var before = ranges.stream().map(range -> range.keeps().clone()).toList();
        Lowest.remove(ranges, Math.min(removable, goal.removed(total, atStart) - now));
        for (int i = 0; i < kept.size(); i++) {
            for (int unit = 0; unit < kept.get(i).length; unit++) {
                kept.get(i)[unit] &= !before.get(i)[unit] || ranges.get(i).keeps()[unit];
            }
        }
        return kept;
    }

    private static void requireOnePool(String name, Candidates layer) {
        if (layer.units().pattern().isPooled()) {
            throw new IllegalArgumentException("a " + name + " ranking cannot choose among "
                    + layer.units().pattern().text() + ": every pool has its own count, use an allocation per layer");
        }
    }

    private static double[] normalized(Candidates layer) {
        double sum = 0;
        for (int unit = 0; unit < layer.scores().length; unit++) {
            sum += layer.units().isRemoved(unit) ? 0 : layer.scores()[unit] * layer.scores()[unit];
        }
        var scores = layer.scores().clone();
        for (int unit = 0; unit < scores.length && sum > 0; unit++) {
            scores[unit] /= Math.sqrt(sum);
        }
        return scores;
    }

    @Override
    public String text() {
        return normalized ? "global normalized" : "global";
    }
}
