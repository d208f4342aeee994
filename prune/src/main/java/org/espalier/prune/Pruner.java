package org.espalier.prune;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.criterion.ScoreException;
import org.espalier.prune.criterion.Scores;
import org.espalier.prune.criterion.ScoringContext;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.notation.Default;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Candidates;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.Goal;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.prune.sparsity.Units;
import org.espalier.tensor.ShapeException;

/**
 * What to remove, in which shape, how much from where, and when: four independent choices. An immutable value; the
 * methods named after a choice return a pruner that differs in it.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * var model = Sequential.of(Linear.of(784, 30), Activation.relu(), Linear.of(30, 10));
 * Pruner pruner = Pruner.of(Criterion.magnitude(), SparsityPattern.blocks(4, 1), Allocation.erk()).sparsity(0.9);
 * PruningPlan plan = pruner.plan(model);
 * var fate = plan.explain("fc1", 17); // why unit 17 is kept or pruned
 * plan.apply();
 * }
 *
 * <p>Nothing changes until a {@link PruningPlan} is applied. The same model, data and seed give the same plan.
 *
 * @param criterion which weights matter
 * @param pattern what is removed together
 * @param allocation how the amount is spread over the layers
 * @param amount how much is removed in the end
 * @param schedule over how many steps
 * @param scope which layers
 * @param floor what each layer keeps at least
 */
public record Pruner(
        @Default("magnitude l1") Criterion criterion,
        @Default("weights") SparsityPattern pattern,
        @Default("per layer") Allocation allocation,
        @Default("unset") Amount amount,
        @Default("one-shot") SparsitySchedule schedule,
        Scope scope,
        @Default("0 units, share 0.0") Floor floor) {
    /** Refuses amounts by layer for an allocation that has one amount for all, and schedules that go back. */
    public Pruner {
        if (amount instanceof Amount.ByLayer && !allocation.isPerLayer()) {
            throw new IllegalArgumentException(
                    "amounts by layer need an allocation per layer, not " + allocation.text());
        }
        if (isThreshold(amount) && !allocation.isPerLayer()) {
            throw new IllegalArgumentException("a threshold needs an allocation per layer, not " + allocation.text());
        }
        if (schedule.goesBack()) {
            throw new IllegalArgumentException("a pruner gives no weights back, as " + schedule.text()
                    + " asks; gradual pruning while training does");
        }
    }

    /** A pruner of the usual layers in one step; the amount is still to be said. */
    public static Pruner of(Criterion criterion, SparsityPattern pattern, Allocation allocation) {
        var floor = allocation.usualFloor();
        return new Pruner(criterion, pattern, allocation, new Amount.Unset(), SparsitySchedule.oneShot(), Scope.USUAL,
                floor);
    }

    /** Removes this fraction of all units, those removed earlier included. */
    public Pruner sparsity(double share) {
        return amount(Amount.sparsity(share));
    }

    /** Removes this fraction of all units of each layer named and leaves the other layers alone. */
    public Pruner sparsity(Map<String, Double> shares) {
        var amounts = new LinkedHashMap<String, Amount>();
        shares.forEach((layer, share) -> {
            try {
                amounts.put(layer, Amount.sparsity(share));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("layer '" + layer + "': " + e.getMessage(), e);
            }
        });
        return amount(new Amount.ByLayer(amounts));
    }

    /** Keeps this fraction of all units: the sparsity 1 − share, in decimals, so that 1 − 0.95 is 0.05. */
    public Pruner keep(double share) {
        return sparsity(BigDecimal.ONE.subtract(BigDecimal.valueOf(share)).doubleValue());
    }

    /** Removes this fraction of the units that are left. */
    public Pruner ofRemaining(double share) {
        return amount(Amount.ofRemaining(share));
    }

    /** Removes every unit whose score is below the threshold. */
    public Pruner below(double threshold) {
        return amount(Amount.below(threshold));
    }

    /** Removes as little as it takes for the whole model to cost no more than this. */
    public Pruner within(Resource resource, long limit) {
        return amount(Amount.within(resource, limit));
    }

    /** Removes this amount. */
    public Pruner amount(Amount amount) {
        return new Pruner(criterion, pattern, allocation, amount, schedule, scope, floor);
    }

    /** Removes it in steps. */
    public Pruner schedule(SparsitySchedule schedule) {
        return new Pruner(criterion, pattern, allocation, amount, schedule, scope, floor);
    }

    /** Looks at these layers only. */
    public Pruner layers(String... names) {
        return new Pruner(criterion, pattern, allocation, amount, schedule, Scope.of(names), floor);
    }

    /** Keeps at least this much of every layer. */
    public Pruner floor(Floor floor) {
        return new Pruner(criterion, pattern, allocation, amount, schedule, scope, floor);
    }

    /** As {@link #plan(Layer, Calibration, long)}, for criteria that need neither data nor chance. */
    public PruningPlan plan(Layer model) {
        return plan(model, Calibration.none(), 0);
    }

    /**
     * What would be removed if the whole amount went in one step. The model is not touched.
     *
     * @throws IllegalArgumentException if a layer does not exist, the pattern does not fit, no amount is given, the
     *     criterion needs data there is not, or neurons feed a layer that does not say how its features depend on one
     *     another
     * @throws ScoreException if a score is NaN or infinite
     */
    public PruningPlan plan(Layer model, Calibration calibration, long seed) {
        return plan(model, calibration, Optional.empty(), seed, units(model), schedule.steps());
    }

    /** As {@link #plan(Layer, Calibration, long)}, with costs for a budget of time. */
    public PruningPlan plan(Layer model, Calibration calibration, LatencyTable costs, long seed) {
        return plan(model, calibration, Optional.of(costs), seed, units(model), schedule.steps());
    }

    /** The steps of the schedule on a model, counted from the units that it has now. */
    public PruningSteps steps(Layer model) {
        return new PruningSteps(this, model, units(model));
    }

    /**
     * Prunes a model in the steps of the schedule without training between them: the masks of one step are active when
     * the next is scored. The rounds of SynFlow, for example: {@code SparsitySchedule.exponential(100)} has the density
     * ρ^(k/100) after round k. All or nothing: after an exception the model is as it was. Cost: the criterion once for
     * each step.
     *
     * @return the plan of the last step
     * @throws IllegalArgumentException as {@link #plan(Layer, Calibration, long)}
     */
    public PruningPlan applyIteratively(Layer model, Calibration calibration, long seed) {
        return allOrNothing(model, () -> {
            var steps = steps(model);
            PruningPlan plan = null;
            for (int step = 1; step <= schedule.steps(); step++) {
                plan = steps.plan(step, calibration, Optional.empty(), seed);
                plan.apply();
            }
            return plan;
        });
    }

    /**
     * Prunes the layers one after the other, in the order of the model: each is scored with the activations and
     * gradients of a model whose earlier layers are pruned already, as Wanda asks. All or nothing: after an exception
     * the model is as it was. Cost: the criterion once for each layer.
     *
     * @return what was removed from each layer, in order
     * @throws IllegalArgumentException as {@link #plan(Layer, Calibration, long)}; also if the allocation is not per
     *     layer
     */
    public List<PruningPlan> applySequentially(Layer model, Calibration calibration, long seed) {
        if (!allocation.isPerLayer()) {
            throw new IllegalArgumentException(
                    "pruning layer after layer needs an allocation per layer, not " + allocation.text());
        }
        return allOrNothing(model, () -> units(model).keySet().stream()
                .map(layer -> {
                    var plan = layers(layer).plan(model, calibration, seed);
                    plan.apply();
                    return plan;
                })
                .toList());
    }

    private static <T> T allOrNothing(Layer model, Supplier<T> work) {
        var before = StateDict.of(model);
        try {
            return work.get();
        } catch (RuntimeException e) {
            before.applyTo(model);
            throw e;
        }
    }

    /** The units in the scope as they are now, by the name of the layer. */
    Map<String, Units> units(Layer model) {
        var units = new LinkedHashMap<String, Units>();
        for (var target : targets(model)) {
            units.put(target.layer(), units(target));
        }
        return units;
    }

    /** What one step of the schedule would remove, if {@code atStart} were the units before the first. */
    PruningPlan plan(
            Layer model,
            Calibration calibration,
            Optional<LatencyTable> costs,
            long seed,
            Map<String, Units> atStart,
            int step) {
        var targets = targets(model);
        var scores = scores(new ScoringContext(model, targets, calibration, seed));
        var candidates = new ArrayList<Candidates>();
        for (var target : targets) {
            var units = units(target);
            var given = scores.get(target.name());
            if (given == null) {
                throw new IllegalArgumentException(criterion.text() + " has no scores for " + target.name());
            }
            double[] values = given.of(units);
            check(target, units, values);
            candidates.add(new Candidates(target.layer(), units, atStart.get(target.layer()), values));
        }
        if (!(amount instanceof Amount.Within within)) {
            return plan(model, targets, candidates, new Goal(amount, schedule, step));
        }
        var budget = new BudgetSearch(
                within, model, candidates, costs, given -> plan(model, targets, candidates, Goal.of(given)));
        var wanted = allocation instanceof Allocation.Greedy ? budget.greedy() : budget.even();
        return plan(model, targets, candidates, new Goal(wanted, schedule, step));
    }

    /** If the context lacks something, the message names the criterion that needs it. */
    private Map<String, Scores> scores(ScoringContext context) {
        try {
            return criterion.score(context);
        } catch (IllegalArgumentException e) {
            throw e.getMessage().contains(criterion.text())
                    ? e
                    : new IllegalArgumentException(criterion.text() + ": " + e.getMessage(), e);
        }
    }

    private PruningPlan plan(Layer model, List<PrunableWeight> targets, List<Candidates> candidates, Goal goal) {
        var kept = allocation.keep(candidates, goal, floor);
        var layers = new ArrayList<LayerPlan>();
        for (int i = 0; i < kept.size(); i++) {
            var layer = candidates.get(i);
            layers.add(new LayerPlan(targets.get(i), layer.units(), layer.scores(), kept.get(i)));
        }
        return new PruningPlan(model, layers, floor);
    }

    private List<PrunableWeight> targets(Layer model) {
        if (amount instanceof Amount.ByLayer(Map<String, Amount> amounts)) {
            amounts.keySet().forEach(layer -> Scope.requireLayer(layer, PrunableWeight.of(model)));
            if (scope.layers().isEmpty()) {
                return new Scope(List.copyOf(amounts.keySet())).targets(model, pattern);
            }
        }
        return scope.targets(model, pattern);
    }

    private Units units(PrunableWeight target) {
        try {
            return pattern.units(target.weight().shape(), target.mask());
        } catch (ShapeException e) {
            throw new ShapeException("layer '" + target.layer() + "': " + e.getMessage());
        }
    }

    private void check(PrunableWeight target, Units units, double[] scores) {
        if (scores.length != units.count()) {
            throw new IllegalArgumentException(
                    criterion.text() + " gave " + scores.length + " scores for " + units + " in " + target.name());
        }
        for (int unit = 0; unit < scores.length; unit++) {
            if (!Double.isFinite(scores[unit]) && !units.isRemoved(unit)) {
                throw new ScoreException(criterion.text(), target.name(), pattern.text(), unit, scores[unit]);
            }
        }
    }

    private static boolean isThreshold(Amount amount) {
        return amount instanceof Amount.Below;
    }
}
