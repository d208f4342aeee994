package org.espalier.prune.sparsity;

import java.util.List;

/**
 * A budget spent greedily: wherever the model gets cheaper by most for the least sum of scores, until it is within the
 * budget. So a layer whose weights cost little time loses little, whatever the others lose. The pruner finds the amount
 * of each layer, because it knows the costs; within a layer the lowest scores go, as with {@link Uniform}. Scores are
 * compared over layers, as in a global ranking.
 *
 * <p>Idea: for each layer alone, score lost and cost saved at a number of shares; the lower convex hull of these points
 * taken over all layers in the order of score per cost. This is the greedy of the multiple-choice knapsack (Sinha and
 * Zoltners, Operations Research 1979); a latency table in this place as in NetAdapt (Yang et al., ECCV 2018, arXiv
 * 1804.03230).
 */
public record Greedy() implements Allocation {
    @Override
    public List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor) {
        if (!(goal.amount() instanceof Amount.ByLayer)) {
            throw new IllegalArgumentException("the greedy allocation spends a budget: add within(resource, limit)");
        }
        return new Uniform().keep(layers, goal, floor);
    }

    @Override
    public boolean isPerLayer() {
        return true;
    }

    @Override
    public Floor usualFloor() {
        return Floor.units(1);
    }

    @Override
    public String text() {
        return "greedy";
    }
}
