package org.espalier.prune.sparsity;

import java.util.Arrays;
import java.util.List;

/**
 * Layer-adaptive global ranking: a unit's score s becomes s² / Σ t² over the units of its layer that score no less,
 * itself included; one ranking over all layers follows. The largest of every layer gets 1, so no layer collapses before
 * all are down to one unit. Of equal scores the one with the lower index comes first and has the larger sum.
 *
 * <p>With magnitude of single weights this is LAMP as published (Lee, Park, Mo, Ahn and Shin, ICLR 2021, arXiv
 * 2010.07611). Cost: n log n.
 */
public record Lamp() implements Allocation {
    @Override
    public List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor) {
        return Global.rank("LAMP", layers, layers.stream().map(Lamp::adapted).toList(), goal, floor);
    }

    private static double[] adapted(Candidates layer) {
        var scores = layer.scores();
        var order = java.util.stream.IntStream.range(0, scores.length)
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
        return adapted;
    }

    @Override
    public String text() {
        return "lamp";
    }
}
