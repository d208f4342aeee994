package org.espalier.prune.sparsity;

/**
 * What a step is to reach.
 *
 * @param amount how much in the end; not {@link Amount.ByLayer}, which is taken apart first
 * @param schedule how to get there
 * @param step which step, from 1
 */
public record Goal(Amount amount, SparsitySchedule schedule, int step) {
    /** The goal of removing this much in one step. */
    public static Goal of(Amount amount) {
        return new Goal(amount, SparsitySchedule.oneShot(), 1);
    }

    /**
     * How many units are removed after the step.
     *
     * @param total all units
     * @param atStart those already removed when the stage began
     * @return at least {@code atStart}, at most {@code total}
     */
    public int removed(int total, int atStart) {
        return switch (amount) {
            case Amount.Sparsity(double share) -> {
                double initial = total == 0 ? 0 : (double) atStart / total;
                yield share <= initial ? atStart : Math.max(atStart, Amount.count(at(initial, share), total));
            }
            case Amount.OfRemaining(double share) -> atStart + Amount.count(at(0, share), total - atStart);
            case Amount.Unset unset -> throw new IllegalArgumentException(
                    "nothing says how much to remove: add sparsity(…), ofRemaining(…) or below(…)");
            case Amount.Below below -> throw new IllegalArgumentException("a threshold does not say how many");
            case Amount.Within within -> throw new IllegalArgumentException(
                    "a budget is for the whole model and does not say how many units");
            case Amount.ByLayer byLayer -> throw new IllegalArgumentException(
                    "amounts by layer need an allocation that treats each layer by itself");
        };
    }

    /** Whether units go by a threshold, not by their number. */
    public boolean isThreshold() {
        return amount instanceof Amount.Below;
    }

    private double at(double initial, double goal) {
        return schedule.sparsity(step, initial, goal);
    }
}
