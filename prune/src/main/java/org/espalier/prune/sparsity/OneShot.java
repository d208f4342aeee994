package org.espalier.prune.sparsity;

/** Everything in a single step. */
public record OneShot() implements SparsitySchedule {
    @Override
    public int steps() {
        return 1;
    }

    @Override
    public double before(int step, double initial, double goal) {
        return initial;
    }

    @Override
    public String text() {
        return "one-shot";
    }
}
