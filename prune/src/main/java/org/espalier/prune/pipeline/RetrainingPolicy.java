package org.espalier.prune.pipeline;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a model recovers in a stage, and how bad it may become.
 *
 * @param epochs retraining after the last step; the pipeline's number if not said
 * @param epochsBetween retraining after each step before the last
 * @param tolerance how much worse the first measure may be than before the first stage; without limit if not said. If
 *     it is worse at the end of the stage, the model goes back to the last step that was good enough
 */
public record RetrainingPolicy(OptionalInt epochs, int epochsBetween, OptionalDouble tolerance) {
    /** The pipeline's retraining, one epoch between steps and no limit. */
    public static final RetrainingPolicy USUAL = new RetrainingPolicy(OptionalInt.empty(), 1, OptionalDouble.empty());

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, or the tolerance is not a number
     */
    public RetrainingPolicy {
        if (epochsBetween < 0 || epochs.orElse(0) < 0) {
            throw new IllegalArgumentException("epochs cannot be negative");
        }
        if (!(tolerance.orElse(0) >= 0)) {
            throw new IllegalArgumentException("the tolerance must be 0 or more");
        }
    }

    /** Retrains so long after the last step. */
    public RetrainingPolicy epochs(int epochs) {
        return new RetrainingPolicy(OptionalInt.of(epochs), epochsBetween, tolerance);
    }

    /** Retrains so long after each step before the last. */
    public RetrainingPolicy epochsBetween(int epochs) {
        return new RetrainingPolicy(this.epochs, epochs, tolerance);
    }

    /** Goes back if the first measure ends up worse than before the first stage by more than this. */
    public RetrainingPolicy tolerance(double drop) {
        return new RetrainingPolicy(epochs, epochsBetween, OptionalDouble.of(drop));
    }
}
