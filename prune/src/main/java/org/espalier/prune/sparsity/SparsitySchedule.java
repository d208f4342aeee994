package org.espalier.prune.sparsity;

/**
 * The sparsity after each step of a stage. Steps count from 1; the last one reaches the goal exactly, and no step goes
 * back unless {@link #goesBack} says so.
 */
public interface SparsitySchedule {
    /** The number of steps, at least 1. */
    int steps();

    /**
     * The sparsity after a step before the last.
     *
     * @param step from 1 to {@code steps() - 1}
     * @param initial the sparsity before step 1
     * @param goal the sparsity after the last step, not less than {@code initial}
     */
    double before(int step, double initial, double goal);

    /**
     * The sparsity after a step.
     *
     * @param step from 1 to {@link #steps()}
     * @param initial the sparsity before step 1
     * @param goal the sparsity after the last step
     * @throws IllegalArgumentException if there is no such step
     */
    default double sparsity(int step, double initial, double goal) {
        if (step < 1 || step > steps()) {
            throw new IllegalArgumentException(text() + " has steps 1 to " + steps() + ", not " + step);
        }
        return step == steps() || goal <= initial ? goal : before(step, initial, goal);
    }

    /** Whether some steps have less sparsity than one before them: only methods that give weights back can follow. */
    default boolean goesBack() {
        return false;
    }

    /** A few words for tables, such as {@code cubic 10}; {@link Schedules#parse} reads them back. */
    String text();

    /** Refuses a number of steps that is not positive. */
    static void requireSteps(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("a schedule needs at least one step, not " + steps);
        }
    }
}
