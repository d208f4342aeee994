package org.espalier.prune.sparsity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.notation.Notations;

/**
 * How much is removed from each layer: chooses which units are kept, over all layers of a stage.
 *
 * {@snippet :
 * Allocation erk = Allocation.erk();
 * Allocation same = Allocation.parse("erk");
 * }
 *
 * <p>To add an allocation: a record below, or in a file of its own if it is long, with its formula, source and
 * {@link Notation}, and its factory.
 */
public sealed interface Allocation permits Allocation.PerLayer, Allocation.Global, Allocation.Erk, Allocation.Lamp,
        Allocation.Greedy, BySensitivity {
    /**
     * For each layer, which units are kept. Removed units stay removed.
     *
     * @param layers the candidates, at least one layer; the order decides ties
     * @param goal how many or which
     * @param floor what every layer keeps; it wins over the goal
     * @throws IllegalArgumentException if the goal or the pattern makes no sense for this allocation
     */
    List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor);

    /** Whether each layer has an amount of its own, so that amounts may be given by layer. */
    default boolean isPerLayer() {
        return false;
    }

    /** What each layer keeps unless something else is chosen. */
    default Floor usualFloor() {
        return Floor.units(1);
    }

    /** A few words for tables and recipes, such as {@code global}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /**
     * The allocation of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Allocation parse(String text) {
        return Notations.standard().parse(Allocation.class, text);
    }

    /** All allocations that have no settings and take any amount. */
    static List<Allocation> all() {
        return List.of(perLayer(), global(), globalNormalized(), erk(), lamp());
    }

    /** Every layer by itself, at the same sparsity or at the one given for it. */
    static PerLayer perLayer() {
        return new PerLayer();
    }

    /** One ranking over all layers by raw scores. */
    static Global global() {
        return new Global(false);
    }

    /** One ranking over all layers, the scores of each layer divided by their Euclidean norm. */
    static Global globalNormalized() {
        return new Global(true);
    }

    /** Erdős–Rényi densities: large layers become sparser. */
    static Erk erk() {
        return new Erk();
    }

    /** One ranking over all layers by layer-adaptive scores. */
    static Lamp lamp() {
        return new Lamp();
    }

    /** A budget spent where it costs the least score. */
    static Greedy greedy() {
        return new Greedy();
    }

    /** Every layer pruned to the same predicted drop of a measure. */
    static BySensitivity bySensitivity(Map<String, List<BySensitivity.Point>> curves) {
        return new BySensitivity(curves);
    }

    /**
     * Every layer by itself, at the same sparsity or at the one given for it. Where the pattern has pools, every pool
     * by itself. Exact in every layer or pool.
     */
    @Notation("per layer")
    record PerLayer() implements Allocation {
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
            int spare = layer.alive() - floor.of(units);
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
        public Floor usualFloor() {
            return Floor.NONE;
        }
    }

    /**
     * One ranking over all layers. The count is exact over all of them together, unless a floor forbids it.
     *
     * @param normalized whether each layer's scores are first divided by their Euclidean norm. PyTorch compares raw
     *     scores, NNCF and jaxpruner divide; the results differ greatly
     */
    @Notation("global[ {normalized}]")
    record Global(boolean normalized) implements Allocation {
        @Override
        public List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor) {
            var scores = layers.stream()
                    .map(layer -> normalized ? UnitRanking.normalized(layer) : layer.scores())
                    .toList();
            return UnitRanking.keep("global", layers, scores, goal, floor);
        }

        @Override
        public Floor usualFloor() {
            return Floor.CONNECTED;
        }
    }

    /**
     * Layer-adaptive global ranking: a unit's score s becomes s² / Σ t² over the units of its layer that score no less,
     * itself included; one ranking over all layers follows. The largest of every layer gets 1, so no layer collapses
     * before all are down to one unit. Of equal scores the one with the lower index comes first and has the larger sum.
     *
     * <p>With magnitude of single weights this is LAMP as published (Lee, Park, Mo, Ahn and Shin, ICLR 2021, arXiv
     * 2010.07611). Cost: n log n.
     */
    @Notation("lamp")
    record Lamp() implements Allocation {
        @Override
        public List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor) {
            return UnitRanking.keep("LAMP", layers, layers.stream().map(UnitRanking::adapted).toList(), goal, floor);
        }
    }

    /**
     * Erdős–Rényi densities: a layer's density is in proportion to (in + out) / (in·out), so large layers become
     * sparser. A layer that would need more than it has is kept as it is, and the factor is found again for the others,
     * until none is left over. The total is exact: fractions of a unit go to the layers with the largest ones, ties to
     * the earlier layer. What a floor gives to one layer the others lose. Within a layer the lowest scores go.
     *
     * <p>Reference: Mocanu et al., Nature Communications 2018 (arXiv 1707.04780); Evci et al., ICML 2020 (arXiv
     * 1911.11134), appendix: for fully connected layers ERK is this. Biases are not counted.
     */
    @Notation("erk")
    record Erk() implements Allocation {
        @Override
        public List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor) {
            int total = layers.stream().mapToInt(layer -> layer.units().count()).sum();
            int atStart = layers.stream().mapToInt(layer -> layer.atStart().removed()).sum();
            int[] counts = counts(layers, total - goal.removed(total, atStart));
            return Counts.keep("ERK", layers, Counts.raised(counts, layers, floor), floor);
        }

        /** How many units each layer keeps if {@code keep} stay altogether. */
        static int[] counts(List<Candidates> layers, int keep) {
            int n = layers.size();
            var full = new boolean[n];
            double factor = 0;
            boolean changed = true;
            while (changed) {
                double left = keep;
                double weight = 0;
                for (int i = 0; i < n; i++) {
                    left -= full[i] ? layers.get(i).alive() : 0;
                    weight += full[i] ? 0 : share(layers.get(i));
                }
                factor = weight == 0 ? 0 : Math.max(0, left) / weight;
                changed = false;
                for (int i = 0; i < n; i++) {
                    if (!full[i] && factor * share(layers.get(i)) > layers.get(i).alive()) {
                        full[i] = true;
                        changed = true;
                    }
                }
            }
            var ideal = new double[n];
            for (int i = 0; i < n; i++) {
                ideal[i] = full[i] ? layers.get(i).alive() : factor * share(layers.get(i));
            }
            return Counts.rounded(ideal, keep, layers);
        }

        /** Units times density, but for the common factor. */
        private static double share(Candidates layer) {
            double out = layer.units().shape().dim(0);
            double in = layer.units().shape().dim(1);
            return layer.units().count() * (in + out) / (in * out);
        }
    }

    /**
     * A budget spent greedily: wherever the model gets cheaper by most for the least sum of scores, until it is within
     * the budget. So a layer whose weights cost little time loses little, whatever the others lose. The pruner finds
     * the amount of each layer, because it knows the costs; within a layer the lowest scores go, as with
     * {@link PerLayer}. Scores are compared over layers, as in a global ranking.
     *
     * <p>Idea: for each layer alone, score lost and cost saved at a number of fractions; the lower convex hull of these
     * points taken over all layers in the order of score per cost. This is the greedy of the multiple-choice knapsack
     * (Sinha and Zoltners, Operations Research 1979); a latency table in this place as in NetAdapt (Yang et al., ECCV
     * 2018, arXiv 1804.03230).
     */
    @Notation("greedy")
    record Greedy() implements Allocation {
        @Override
        public List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor) {
            if (!(goal.amount() instanceof Amount.ByLayer)) {
                throw new IllegalArgumentException(
                        "the greedy allocation spends a budget: add within(resource, limit)");
            }
            return perLayer().keep(layers, goal, floor);
        }

        @Override
        public boolean isPerLayer() {
            return true;
        }
    }
}
