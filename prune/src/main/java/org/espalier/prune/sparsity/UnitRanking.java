package org.espalier.prune.sparsity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** One ranking of the units of several layers. */
final class UnitRanking {
    private UnitRanking() {}

    /** Which units are kept by the given scores, which may differ from the candidates' own. */
    static List<boolean[]> keep(
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
            int spare = Math.max(0, layer.alive() - floor.of(layer.units()));
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

    /** The scores of a layer divided by their Euclidean norm. */
    static double[] normalized(Candidates layer) {
        double sum = 0;
        for (int unit = 0; unit < layer.scores().length; unit++) {
            sum += layer.units().isRemoved(unit) ? 0 : layer.scores()[unit] * layer.scores()[unit];
        }
        requireFinite(layer, sum);
        var scores = layer.scores().clone();
        for (int unit = 0; unit < scores.length && sum > 0; unit++) {
            scores[unit] /= Math.sqrt(sum);
        }
        return scores;
    }

    /** The scores of {@link Allocation.Lamp}. */
    static double[] adapted(Candidates layer) {
        var scores = layer.scores();
        var order = IntStream.range(0, scores.length)
                .filter(unit -> !layer.units().isRemoved(unit))
                .boxed()
                .toArray(Integer[]::new);
        // A stable sort by score leaves equal scores in the order of their indices.
        Arrays.sort(order, (a, b) -> Double.compare(scores[a] + 0.0, scores[b] + 0.0));
        var adapted = new double[scores.length];
        double sum = 0;
        for (int i = order.length - 1; i >= 0; i--) {
            double square = scores[order[i]] * scores[order[i]];
            sum += square;
            adapted[order[i]] = sum > 0 ? square / sum : i == order.length - 1 ? 1 : 0;
        }
        requireFinite(layer, sum);
        return adapted;
    }

    private static void requireFinite(Candidates layer, double sum) {
        if (sum == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("layer '" + layer.layer()
                    + "': the squares of its scores add up to more than a double can hold; scale them down");
        }
    }
}
