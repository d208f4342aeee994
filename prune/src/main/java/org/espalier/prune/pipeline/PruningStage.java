package org.espalier.prune.pipeline;

import java.util.Optional;
import org.espalier.prune.Pruner;
import org.espalier.prune.notation.Notation;

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
        var steps = pruner.steps(context.model());
        return (step, seed) -> {
            var plan = steps.plan(step, context.calibration(), context.costs(), seed);
            plan.apply();
            return new StageWork.Done(plan.units(), plan.removed(), Optional.of(plan));
        };
    }
}
