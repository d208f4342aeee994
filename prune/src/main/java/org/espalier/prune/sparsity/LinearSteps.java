package org.espalier.prune.sparsity;

/**
 * Equal shares: after step t of n, initial + (goal − initial)·t/n.
 *
 * @param steps n, the number of steps
 */
public record LinearSteps(int steps) implements SparsitySchedule {
    /** Refuses a number of steps that is not positive. */
    public LinearSteps {
        SparsitySchedule.requireSteps(steps);
    }

    /** The schedule with this many steps. */
    public static LinearSteps steps(int steps) {
        return new LinearSteps(steps);
    }

    @Override
    public double before(int step, double initial, double goal) {
        return initial + (goal - initial) * step / steps;
    }

    @Override
    public String text() {
        return "linear " + steps;
    }
}
