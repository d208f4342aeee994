package org.espalier.prune;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One stage of a pipeline: a pruner, and how the model recovers. A global stage and a local one differ only in the
 * pruner's allocation and scope.
 *
 * @param name what it is called in reports and errors
 * @param pruner what is removed, in how many steps
 * @param epochs retraining after the last step; the pipeline's number if not said
 * @param epochsBetween retraining after each step before the last
 * @param tolerance how much worse the first measure may be than before the first stage; without limit if not said. If
 *     it is worse at the end of the stage, the model goes back to the last step that was good enough
 */
public record Stage(
        String name, Pruner pruner, OptionalInt epochs, int epochsBetween, OptionalDouble tolerance) {
    /** Checks the numbers. */
    public Stage {
        if (epochsBetween < 0 || epochs.orElse(0) < 0) {
            throw new IllegalArgumentException("stage '" + name + "': epochs cannot be negative");
        }
        if (!(tolerance.orElse(0) >= 0)) {
            throw new IllegalArgumentException("stage '" + name + "': the tolerance must be 0 or more");
        }
        if (name.isBlank() || name.chars().anyMatch(c -> c < ' ' || c == '"')) {
            throw new IllegalArgumentException("a stage needs a name of one line without quotes, not '" + name + "'");
        }
    }

    /** A stage with the pipeline's retraining, one epoch between steps and no limit. */
    public static Stage of(String name, Pruner pruner) {
        return new Stage(name, pruner, OptionalInt.empty(), 1, OptionalDouble.empty());
    }

    /** Retrains so long after the last step. */
    public Stage epochs(int epochs) {
        return new Stage(name, pruner, OptionalInt.of(epochs), epochsBetween, tolerance);
    }

    /** Retrains so long after each step before the last. */
    public Stage epochsBetween(int epochs) {
        return new Stage(name, pruner, this.epochs, epochs, tolerance);
    }

    Stage withoutTolerance() {
        return new Stage(name, pruner, epochs, epochsBetween, OptionalDouble.empty());
    }

    /** Goes back if the first measure ends up worse than before the first stage by more than this. */
    public Stage tolerance(double drop) {
        return new Stage(name, pruner, epochs, epochsBetween, OptionalDouble.of(drop));
    }
}
