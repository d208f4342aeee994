package org.espalier.prune.pipeline;

import java.util.Optional;
import org.espalier.prune.Pruner;
import org.espalier.prune.PruningPlan;
import org.espalier.prune.PruningSteps;
import org.espalier.prune.graph.CollapseRisk;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.sparsity.Amount;

/**
 * A stage that sets masks, in the steps of the pruner's schedule.
 *
 * @param name what it is called in reports and errors
 * @param pruner what is removed, in how many steps
 * @param policy how the model recovers
 */
@Notation("pruning")
public record PruningStage(String name, Pruner pruner, RetrainingPolicy policy) implements Stage {
    /** Checks the name. */
    public PruningStage {
        RecipeText.requireName(name);
    }

    @Override
    public PruningStage policy(RetrainingPolicy policy) {
        return new PruningStage(name, pruner, policy);
    }

    @Override
    public int steps() {
        return pruner.schedule().steps();
    }

    @Override
    public String description() {
        var layers = pruner.scope().layers();
        return String.join(
                " | ",
                pruner.criterion().text(),
                pruner.pattern().text(),
                pruner.allocation().text(),
                pruner.amount().text(),
                pruner.schedule().text())
                + (layers.isEmpty() ? "" : " | layers " + String.join(", ", layers));
    }

    StageWork begin(StageContext context) {
        return new Work(context);
    }

    /** How many units a sparsity asks to remove from those of a plan; otherwise what the plan removes. */
    private int asked(PruningPlan plan) {
        return switch (pruner.amount()) {
            case Amount.Sparsity(double share) -> Amount.count(share, plan.units());
            case Amount.ByLayer amounts -> plan.layers().stream()
                    .mapToInt(layer -> amounts.of(layer).orElseThrow() instanceof Amount.Sparsity(double share)
                            ? Amount.count(share, plan.units(layer))
                            : plan.removed(layer))
                    .sum();
            default -> plan.removed();
        };
    }

    private final class Work implements StageWork {
        private final StageContext context;
        private final PruningSteps steps;
        private Optional<Integer> asked = Optional.empty();
        private boolean held;

        Work(StageContext context) {
            this.context = context;
            this.steps = pruner.steps(context.model());
        }

        @Override
        public Done step(int step, long seed) {
            var plan = steps.plan(step, context.calibration(), context.costs(), seed);
            plan.apply();
            // A layer that an earlier step took to its floor does not change any more.
            held |= plan.risks().stream().anyMatch(risk -> risk.kind() == CollapseRisk.Kind.HELD_BY_FLOOR);
            asked = Optional.of(PruningStage.this.asked(plan))
                    .filter(units -> step == steps() && held && units > plan.removed());
            return new Done(plan.units(), plan.removed(), Optional.of(plan));
        }

        @Override
        public Optional<Integer> asked() {
            return asked;
        }
    }
}
