package org.espalier.prune.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.espalier.prune.Pruner;
import org.espalier.prune.Scope;
import org.espalier.prune.criterion.Criteria;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.Allocations;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Amounts;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.OneShot;
import org.espalier.prune.sparsity.Patterns;
import org.espalier.prune.sparsity.Schedules;
import org.espalier.prune.sparsity.Uniform;
import org.espalier.prune.sparsity.Weights;

/**
 * A stage that sets masks, in the steps of the pruner's schedule.
 *
 * @param name what it is called in reports and errors
 * @param pruner what is removed, in how many steps
 * @param recovery how the model recovers
 */
public record PruningStage(String name, Pruner pruner, RetrainingPolicy recovery) implements Stage {
    /** Checks the name. */
    public PruningStage {
        StageKind.requireName(name);
    }

    @Override
    public PruningStage recovery(RetrainingPolicy recovery) {
        return new PruningStage(name, pruner, recovery);
    }

    @Override
    public int steps() {
        return pruner.schedule().steps();
    }

    @Override
    public String method() {
        var layers = pruner.scope().layers();
        return String.join(
                " | ",
                pruner.criterion().text(),
                pruner.pattern().text(),
                pruner.allocation().text(),
                Amounts.text(pruner.amount()),
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

    SequencedMap<String, String> choices() {
        var lines = new LinkedHashMap<String, String>();
        lines.put("criterion", pruner.criterion().text());
        lines.put("pattern", pruner.pattern().text());
        lines.put("allocation", pruner.allocation().text());
        lines.put("amount", Amounts.text(pruner.amount()));
        lines.put("schedule", pruner.schedule().text());
        if (!pruner.scope().layers().isEmpty()) {
            lines.put("layers", String.join(", ", pruner.scope().layers()));
        }
        lines.put("floor", pruner.floor().units() + " units, share " + pruner.floor().share());
        return lines;
    }

    static PruningStage read(String name, RecipeLines lines, RetrainingPolicy recovery) {
        var pruner = new Pruner(
                lines.read("criterion", Criteria::parse, Magnitude.L1),
                lines.read("pattern", Patterns::parse, new Weights()),
                lines.read("allocation", Allocations::parse, new Uniform()),
                lines.read("amount", Amounts::parse, new Amount.Unset()),
                lines.read("schedule", Schedules::parse, new OneShot()),
                new Scope(lines.read("layers", RecipeLines::names, List.of())),
                lines.read("floor", PruningStage::floor, Floor.NONE));
        return new PruningStage(name, pruner, recovery);
    }

    private static Floor floor(String value) {
        var parts = value.split(" units, share ");
        if (parts.length != 2) {
            throw new IllegalArgumentException("a floor reads: 1 units, share 0.0");
        }
        return new Floor(Integer.parseInt(parts[0]), Double.parseDouble(parts[1]));
    }
}
