package org.espalier.prune.pipeline;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a model is retrained in a stage, and how much worse it may become.
 *
 * @param epochs retraining after the last step; if empty, that of the pipeline
 * @param epochsBetween retraining after each step before the last; if empty, one epoch
 * @param tolerance how much worse the first measure may be than before the first stage; if empty, without limit. If the
 *     stage exceeds it, the model is rolled back to the last step within it
 */
public record RetrainingPolicy(OptionalInt epochs, OptionalInt epochsBetween, OptionalDouble tolerance) {
    /** The pipeline's retraining, one epoch between steps and no limit. */
    public static final RetrainingPolicy DEFAULT =
            new RetrainingPolicy(OptionalInt.empty(), OptionalInt.empty(), OptionalDouble.empty());

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, or the tolerance is not a number
     */
    public RetrainingPolicy {
        if (epochsBetween.orElse(0) < 0 || epochs.orElse(0) < 0) {
            throw new IllegalArgumentException("epochs cannot be negative");
        }
        if (!(tolerance.orElse(0) >= 0)) {
            throw new IllegalArgumentException("the tolerance must be 0 or more");
        }
    }

    /** With this many epochs after the last step. */
    public RetrainingPolicy epochs(int epochs) {
        return new RetrainingPolicy(OptionalInt.of(epochs), epochsBetween, tolerance);
    }

    /** With this many epochs after each step before the last. */
    public RetrainingPolicy epochsBetween(int epochs) {
        return new RetrainingPolicy(this.epochs, OptionalInt.of(epochs), tolerance);
    }

    /** Rolls back if the first measure ends up worse than before the first stage by more than this. */
    public RetrainingPolicy tolerance(double drop) {
        return new RetrainingPolicy(epochs, epochsBetween, OptionalDouble.of(drop));
    }
}
