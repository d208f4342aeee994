package org.espalier.prune.sparsity;

/**
 * A schedule several times over: each cycle reaches the goal; each but the first begins by going back to where the
 * first began, so that weights removed too early can come back, then climbs again. Only for masks that may grow.
 *
 * <p>Reference: Srinivas et al., "Cyclical pruning for sparse neural networks", CVPR workshops 2022 (arXiv 2202.01290).
 * Here the first step of a later cycle removes nothing: what has come back at zero is trained for a step before it is
 * judged.
 *
 * @param cycles how many
 * @param cycle the schedule of one, of at least two steps
 */
public record Cyclic(int cycles, SparsitySchedule cycle) implements SparsitySchedule {
    /** Checks both; throws {@link IllegalArgumentException}. */
    public Cyclic {
        SparsitySchedule.requireSteps(cycles);
        if (cycle.steps() < 2 || cycle.goesBack()) {
            throw new IllegalArgumentException(
                    "a cycle needs a schedule of at least two steps that does not go back, not " + cycle.text());
        }
        Math.multiplyExact(cycles, cycle.steps());
    }

    /** So many cycles of a schedule. */
    public static Cyclic of(int cycles, SparsitySchedule cycle) {
        return new Cyclic(cycles, cycle);
    }

    @Override
    public int steps() {
        return cycles * cycle.steps();
    }

    @Override
    public double before(int step, double initial, double goal) {
        int within = (step - 1) % cycle.steps() + 1;
        return step > cycle.steps() && within == 1 ? initial : cycle.sparsity(within, initial, goal);
    }

    @Override
    public boolean goesBack() {
        return cycles > 1;
    }

    @Override
    public String text() {
        return "cyclic " + cycles + " " + cycle.text();
    }
}
