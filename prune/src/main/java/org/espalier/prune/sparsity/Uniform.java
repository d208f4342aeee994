package org.espalier.prune.sparsity;

import java.util.ArrayList;
import java.util.List;

/**
 * Every layer by itself, at the same sparsity or at the one given for it. Where the pattern has pools, every pool by
 * itself. Exact in every layer or pool.
 */
public record Uniform() implements Allocation {
    @Override
    public List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor) {
        var kept = new ArrayList<boolean[]>();
        for (var layer : layers) {
            var amount = goal.amount().of(layer.layer());
            kept.add(amount.isEmpty()
                    ? layer.keepsAlive()
                    : keep(layer, new Goal(amount.get(), goal.schedule(), goal.step()), floor));
        }
        return kept;
    }

    private static boolean[] keep(Candidates layer, Goal goal, Floor floor) {
        var keeps = layer.keepsAlive();
        var units = layer.units();
        int spare = layer.alive() - floor.of(units.count());
        for (int pool = 0; pool < units.pools(); pool++) {
            int from = units.poolStart(pool);
            int to = units.poolStart(pool + 1);
            int now = units.removed(from, to);
            int wanted = goal.amount() instanceof Amount.Below(double threshold)
                    ? below(layer.scores(), keeps, from, to, threshold)
                    : goal.removed(to - from, layer.atStart().removed(from, to)) - now;
            int count = Math.min(wanted, spare);
            Lowest.remove(layer.scores(), keeps, from, to, count);
            spare -= Math.max(0, count);
        }
        return keeps;
    }

    private static int below(double[] scores, boolean[] keeps, int from, int to, double threshold) {
        int below = 0;
        for (int unit = from; unit < to; unit++) {
            below += keeps[unit] && scores[unit] < threshold ? 1 : 0;
        }
        return below;
    }

    @Override
    public boolean isPerLayer() {
        return true;
    }

    @Override
    public String text() {
        return "per layer";
    }
}
