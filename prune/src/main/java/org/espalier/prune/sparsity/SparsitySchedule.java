package org.espalier.prune.sparsity;

import org.espalier.prune.notation.Notation;
import org.espalier.prune.notation.Notations;

/**
 * The sparsity after each step of a stage. Steps count from 1; the last one reaches the goal exactly, and no step goes
 * back unless {@link #goesBack} says so.
 *
 * {@snippet :
 * double first = SparsitySchedule.cubic(4).sparsity(1, 0, 0.9); // 0.9 − 0.9·(3/4)³ = 0.5203125
 * }
 *
 * <p>To add a schedule: a record below with its formula, source and {@link Notation}, and its factory.
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

    /** Whether some steps have less sparsity than one before them: only methods that regrow weights can follow. */
    default boolean goesBack() {
        return false;
    }

    /** A few words for tables and recipes, such as {@code cubic 10}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /**
     * The schedule of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static SparsitySchedule parse(String text) {
        return Notations.standard().parse(SparsitySchedule.class, text);
    }

    /** Everything in a single step. */
    static OneShot oneShot() {
        return new OneShot();
    }

    /** Equal parts in each step. */
    static Linear linear(int steps) {
        return new Linear(steps);
    }

    /** Fast at first and slow at the end, as in automated gradual pruning. */
    static Cubic cubic(int steps) {
        return new Cubic(steps);
    }

    /** The same fraction of what is left in each step, as in lottery ticket experiments. */
    static Exponential exponential(int steps) {
        return new Exponential(steps);
    }

    /** A schedule several times over, going back to the start each time. */
    static Cyclic cyclic(int cycles, SparsitySchedule cycle) {
        return new Cyclic(cycles, cycle);
    }

    /** Everything in a single step. */
    @Notation("one-shot")
    record OneShot() implements SparsitySchedule {
        @Override
        public int steps() {
            return 1;
        }

        @Override
        public double before(int step, double initial, double goal) {
            return initial;
        }
    }

    /**
     * Equal parts: after step t of n, initial + (goal − initial)·t/n.
     *
     * @param steps n, the number of steps
     */
    @Notation("linear {steps}")
    record Linear(int steps) implements SparsitySchedule {
        /** Refuses a number of steps that is not positive. */
        public Linear {
            requireSteps(steps);
        }

        @Override
        public double before(int step, double initial, double goal) {
            return initial + (goal - initial) * step / steps;
        }
    }

    /**
     * Automated gradual pruning: after step t of n, goal + (initial − goal)·(1 − t/n)³. Reference: Zhu and Gupta 2017
     * (arXiv 1710.01878), equation 1 with t0 = 0.
     *
     * @param steps n, the number of steps
     */
    @Notation("cubic {steps}")
    record Cubic(int steps) implements SparsitySchedule {
        /** Refuses a number of steps that is not positive. */
        public Cubic {
            requireSteps(steps);
        }

        @Override
        public double before(int step, double initial, double goal) {
            double left = 1 - (double) step / steps;
            return goal + (initial - goal) * left * left * left;
        }
    }

    /**
     * Every step keeps the same fraction of what is left: after step t of n, density is d₀·(d₁/d₀)^(t/n). A goal of 1
     * is only reached in the last step; for the steps before it counts as a density of one in a thousand. This is the
     * schedule of the lottery ticket experiments (Frankle and Carbin, ICLR 2019, arXiv 1803.03635).
     *
     * @param steps n, the number of steps
     */
    @Notation("exponential {steps}")
    record Exponential(int steps) implements SparsitySchedule {
        /** Refuses a number of steps that is not positive. */
        public Exponential {
            requireSteps(steps);
        }

        @Override
        public double before(int step, double initial, double goal) {
            double from = 1 - initial;
            double to = Math.max(1 - goal, 0.001 * from);
            return 1 - from * StrictMath.pow(to / from, (double) step / steps);
        }
    }

    /**
     * A schedule several times over: each cycle reaches the goal; each but the first begins by going back to where the
     * first began, so that weights removed too early can come back, then climbs again. Only for masks that may grow.
     *
     * <p>Reference: Srinivas et al., "Cyclical pruning for sparse neural networks", CVPR workshops 2022 (arXiv
     * 2202.01290). Here the first step of a later cycle removes nothing: what has come back at zero is trained for a
     * step before it is judged.
     *
     * @param cycles the number of cycles
     * @param cycle the schedule of one, of at least two steps
     */
    @Notation("cyclic {cycles} {cycle}")
    record Cyclic(int cycles, SparsitySchedule cycle) implements SparsitySchedule {
        /** Checks both; throws {@link IllegalArgumentException}. */
        public Cyclic {
            requireSteps(cycles);
            if (cycle.steps() < 2 || cycle.goesBack()) {
                throw new IllegalArgumentException(
                        "a cycle needs a schedule of at least two steps that does not go back, not " + cycle.text());
            }
            Math.multiplyExact(cycles, cycle.steps());
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
    }

    private static void requireSteps(int steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("a schedule needs at least one step, not " + steps);
        }
    }
}
