package org.espalier.prune.sparsity;

/**
 * Every step keeps the same share of what is left: after step t of n, density is d₀·(d₁/d₀)^(t/n). A goal of 1 is only
 * reached in the last step; for the steps before it counts as a density of one in a thousand. This is the schedule of
 * the lottery ticket experiments (Frankle and Carbin, ICLR 2019, arXiv 1803.03635).
 *
 * @param steps n, the number of steps
 */
public record Exponential(int steps) implements SparsitySchedule {
    /** Refuses a number of steps that is not positive. */
    public Exponential {
        SparsitySchedule.requireSteps(steps);
    }

    /** The schedule with this many steps. */
    public static Exponential steps(int steps) {
        return new Exponential(steps);
    }

    @Override
    public double before(int step, double initial, double goal) {
        double from = 1 - initial;
        double to = Math.max(1 - goal, 0.001 * from);
        return 1 - from * StrictMath.pow(to / from, (double) step / steps);
    }

    @Override
    public String text() {
        return "exponential " + steps;
    }
}
