package org.espalier.prune.sparsity;

/**
 * Automated gradual pruning: after step t of n, goal + (initial − goal)·(1 − t/n)³, fast at first, slow at the end.
 * Reference: Zhu and Gupta 2017 (arXiv 1710.01878), equation 1 with t0 = 0.
 *
 * @param steps n, the number of steps
 */
public record Cubic(int steps) implements SparsitySchedule {
    /** Refuses a number of steps that is not positive. */
    public Cubic {
        SparsitySchedule.requireSteps(steps);
    }

    /** The schedule with this many steps. */
    public static Cubic steps(int steps) {
        return new Cubic(steps);
    }

    @Override
    public double before(int step, double initial, double goal) {
        double left = 1 - (double) step / steps;
        return goal + (initial - goal) * left * left * left;
    }

    @Override
    public String text() {
        return "cubic " + steps;
    }
}
