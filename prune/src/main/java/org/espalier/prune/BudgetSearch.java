package org.espalier.prune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.espalier.nn.Layer;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Candidates;
import org.espalier.prune.sparsity.Resource;

/** Turns a budget into the least amount that is within it. Scores are fixed: removing more never costs more. */
final class BudgetSearch {
    /** Shares of a layer that the greedy allocation looks at. */
    private static final int SHARES = 24;

    private final Amount.Within budget;
    private final Layer model;
    private final List<Candidates> candidates;
    private final Optional<LatencyTable> costs;
    private final Function<Amount, PruningPlan> plans;

    /**
     * A budget for scored units.
     *
     * @param plans the plan for an amount that says how many units
     * @throws IllegalArgumentException if the budget is of time and there are no costs
     */
    BudgetSearch(
            Amount.Within budget,
            Layer model,
            List<Candidates> candidates,
            Optional<LatencyTable> costs,
            Function<Amount, PruningPlan> plans) {
        if (budget.resource() == Resource.MICROSECONDS && costs.isEmpty()) {
            throw new IllegalArgumentException(
                    "a budget of time needs a latency table: measure one with Costs.measure and give it to the"
                            + " pipeline");
        }
        this.budget = budget;
        this.model = model;
        this.candidates = candidates;
        this.costs = costs;
        this.plans = plans;
    }

    /** What the model costs with a plan applied. */
    private double cost(PruningPlan plan) {
        var cost = ModelCost.of(model, plan.masks());
        return switch (budget.resource()) {
            case WEIGHTS -> cost.total().keptWeights();
            case PARAMETERS -> cost.total().keptParameters();
            case BYTES -> cost.smallestBytes();
            case FLOPS -> cost.total().keptFlops();
            case MICROSECONDS -> costs.orElseThrow().micros(model, plan.masks());
        };
    }

    private boolean fits(Amount amount) {
        return cost(plans.apply(amount)) <= budget.limit();
    }

    private void require(Amount most) {
        double cost = cost(plans.apply(most));
        if (cost > budget.limit()) {
            throw new IllegalArgumentException("the budget of " + budget.limit() + " " + budget.resource().text()
                    + " cannot be met: pruning everything allowed still leaves " + text(cost)
                    + "; a floor that keeps less of each layer allows more");
        }
    }

    private static String text(double cost) {
        return cost == (long) cost ? String.valueOf((long) cost) : String.valueOf(cost);
    }

    /** The least number in [low, high] that fits, if high does. */
    private static int least(int low, int high, IntPredicate fits) {
        int from = low;
        int to = high;
        while (from < to) {
            int middle = (from + to) >>> 1;
            boolean enough = fits.test(middle);
            from = enough ? from : middle + 1;
            to = enough ? middle : to;
        }
        return from;
    }

    /** One fraction of all units, spread as the allocation of the pruner does. */
    Amount even() {
        int total = candidates.stream().mapToInt(layer -> layer.units().count()).sum();
        require(share(total, total));
        return share(least(0, total, count -> fits(share(count, total))), total);
    }

    private static Amount share(int count, int total) {
        return Amount.sparsity(total == 0 ? 0 : (double) count / total);
    }

    /** A number of removed units of a layer, and what it takes to get there from the number before on the hull. */
    private record Move(int layer, int from, int to, double scorePerCost) {}

    /** A fraction for each layer, as {@link Allocation.Greedy} says. */
    Amount greedy() {
        var moves = new ArrayList<Move>();
        for (int layer = 0; layer < candidates.size(); layer++) {
            moves.addAll(hull(layer));
        }
        // Stable, and within a layer in order already.
        moves.sort(Comparator.comparingDouble(Move::scorePerCost));
        require(amounts(moves, moves.size()));
        int enough = least(0, moves.size(), count -> fits(amounts(moves, count)));
        if (enough == 0) {
            return amounts(moves, 0);
        }
        var last = moves.get(enough - 1);
        int units = least(last.from, last.to, count -> fits(amounts(moves, enough - 1, last.layer, count)));
        return amounts(moves, enough - 1, last.layer, units);
    }

    private Amount amounts(List<Move> moves, int count) {
        return count == 0 ? removed(new int[candidates.size()]) : amounts(moves, count - 1, moves.get(count - 1));
    }

    private Amount amounts(List<Move> moves, int count, Move next) {
        return amounts(moves, count, next.layer, next.to);
    }

    /** The first moves, and then a number of units of one layer. */
    private Amount amounts(List<Move> moves, int count, int layer, int units) {
        var removed = new int[candidates.size()];
        moves.subList(0, count).forEach(move -> removed[move.layer] = move.to);
        removed[layer] = units;
        return removed(removed);
    }

    private Amount removed(int[] units) {
        var amounts = new LinkedHashMap<String, Amount>();
        for (int i = 0; i < units.length; i++) {
            amounts.put(
                    candidates.get(i).layer(), share(units[i], candidates.get(i).units().count()));
        }
        return new Amount.ByLayer(amounts);
    }

    /** The lower convex hull of score lost over cost saved when one layer is pruned and the others are left alone. */
    private List<Move> hull(int layer) {
        int total = candidates.get(layer).units().count();
        var units = new int[SHARES + 1];
        var cost = new double[SHARES + 1];
        var lost = new double[SHARES + 1];
        for (int i = 0; i <= SHARES; i++) {
            units[i] = (int) ((long) i * total / SHARES);
            var removed = new int[candidates.size()];
            removed[layer] = units[i];
            var plan = plans.apply(removed(removed));
            cost[i] = cost(plan);
            lost[i] = plan.lostScore();
        }
        var moves = new ArrayList<Move>();
        int at = 0;
        while (at < SHARES) {
            int next = at;
            double least = Double.POSITIVE_INFINITY;
            for (int to = at + 1; to <= SHARES; to++) {
                double ratio = (lost[to] - lost[at]) / (cost[at] - cost[to]);
                if (cost[to] < cost[at] && ratio <= least) {
                    next = to;
                    least = ratio;
                }
            }
            if (next == at) {
                return moves;
            }
            moves.add(new Move(layer, units[at], units[next], least));
            at = next;
        }
        return moves;
    }
}
