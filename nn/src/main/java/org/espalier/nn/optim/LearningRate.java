package org.espalier.nn.optim;

import java.util.function.IntToDoubleFunction;

/**
 * The learning rate as a function of the step number, counted from 0. It has no state, so a resumed run continues it by
 * knowing the step alone. Rates are computed in double precision with {@link StrictMath} and rounded once.
 */
public sealed interface LearningRate {
    /** The rate of step {@code step}, counted from 0. */
    float at(int step);

    /** The same rate always. */
    static LearningRate constant(float rate) {
        return new Constant(rate);
    }

    /** {@code rate}, multiplied by {@code factor} after every {@code every} steps. */
    static LearningRate stepwise(float rate, int every, float factor) {
        return new Stepwise(rate, every, factor);
    }

    /** rate · factor^step. */
    static LearningRate exponential(float rate, float factor) {
        return new Exponential(rate, factor);
    }

    /** A straight line from {@code from} at step 0 to {@code to} at step {@code steps}, then {@code to}. */
    static LearningRate linear(float from, float to, int steps) {
        return new Linear(from, to, steps);
    }

    /** Half a cosine from {@code from} at step 0 to {@code to} at step {@code steps}, then {@code to}. */
    static LearningRate cosine(float from, float to, int steps) {
        return new Cosine(from, to, steps);
    }

    /**
     * One rise and one fall along half cosines: from peak / 25 up to the peak after 30 % of the steps, down to
     * peak / 250,000 at the last (Smith and Topin 2017, arXiv 1708.07120, with the phases that PyTorch settled on).
     */
    static LearningRate oneCycle(float peak, int steps) {
        return new OneCycle(peak, steps);
    }

    /** A custom rate; checkpoints know it by its name. */
    static LearningRate custom(String name, IntToDoubleFunction rate) {
        return new Custom(name, rate);
    }

    /** This schedule, moved later by {@code steps} during which the rate rises linearly to its first value. */
    default LearningRate withWarmUp(int steps) {
        return new WarmUp(steps, this);
    }

    /** This schedule for {@code steps} steps, then {@code next} from its own beginning. */
    default LearningRate until(int steps, LearningRate next) {
        return new Sequence(this, steps, next);
    }

    /** This schedule from one of its steps on: what is at {@code step} comes first. */
    default LearningRate from(int step) {
        return new From(this, step);
    }

    /** See {@link #constant}. */
    record Constant(float rate) implements LearningRate {
        /** Checks the rate. */
        public Constant {
            Require.nonNegative("learning rate", rate);
        }

        @Override
        public float at(int step) {
            return rate;
        }
    }

    /** See {@link #stepwise}. */
    record Stepwise(float rate, int every, float factor) implements LearningRate {
        /** Checks the values. */
        public Stepwise {
            Require.nonNegative("learning rate", rate);
            Require.atLeastOne("steps between changes", every);
            Require.nonNegative("factor", factor);
        }

        @Override
        public float at(int step) {
            return (float) (rate * StrictMath.pow(factor, step / every));
        }
    }

    /** See {@link #exponential}. */
    record Exponential(float rate, float factor) implements LearningRate {
        /** Checks the values. */
        public Exponential {
            Require.nonNegative("learning rate", rate);
            Require.nonNegative("factor", factor);
        }

        @Override
        public float at(int step) {
            return (float) (rate * StrictMath.pow(factor, step));
        }
    }

    /** See {@link #linear}. */
    record Linear(float from, float to, int steps) implements LearningRate {
        /** Checks the values. */
        public Linear {
            Require.nonNegative("learning rate", from);
            Require.nonNegative("learning rate", to);
            Require.atLeastOne("steps", steps);
        }

        @Override
        public float at(int step) {
            double done = Math.min(1, (double) step / steps);
            return (float) (from + ((double) to - from) * done);
        }
    }

    /** See {@link #cosine}. */
    record Cosine(float from, float to, int steps) implements LearningRate {
        /** Checks the values. */
        public Cosine {
            Require.nonNegative("learning rate", from);
            Require.nonNegative("learning rate", to);
            Require.atLeastOne("steps", steps);
        }

        @Override
        public float at(int step) {
            return (float) between(from, to, Math.min(1, (double) step / steps));
        }

        static double between(double from, double to, double done) {
            return to + (from - to) * (1 + StrictMath.cos(Math.PI * done)) / 2;
        }
    }

    /** See {@link #oneCycle}. */
    record OneCycle(float peak, int steps) implements LearningRate {
        private static final double RISING = 0.3;
        private static final double START = 1.0 / 25;
        private static final double END = START / 1e4;

        /** Checks the values. */
        public OneCycle {
            Require.nonNegative("peak learning rate", peak);
            if (steps < 4) {
                throw new IllegalArgumentException("a cycle has at least 4 steps, not " + steps);
            }
        }

        @Override
        public float at(int step) {
            double top = RISING * steps - 1;
            double last = steps - 1;
            return (float) (step <= top
                    ? Cosine.between(peak * START, peak, step / top)
                    : Cosine.between(peak, peak * END, Math.min(1, (step - top) / (last - top))));
        }
    }

    /** See {@link #withWarmUp}. */
    record WarmUp(int steps, LearningRate next) implements LearningRate {
        /** Checks the number of steps. */
        public WarmUp {
            Require.atLeastOne("warm-up steps", steps);
        }

        @Override
        public float at(int step) {
            return step < steps ? (float) ((double) next.at(0) * (step + 1) / (steps + 1)) : next.at(step - steps);
        }
    }

    /** See {@link #until}. */
    record Sequence(LearningRate first, int steps, LearningRate next) implements LearningRate {
        /** Checks the number of steps. */
        public Sequence {
            Require.atLeastOne("steps of the first schedule", steps);
        }

        @Override
        public float at(int step) {
            return step < steps ? first.at(step) : next.at(step - steps);
        }
    }

    /** See {@link #from}. */
    record From(LearningRate whole, int first) implements LearningRate {
        /** Checks the step. */
        public From {
            if (first < 0) {
                throw new IllegalArgumentException("a schedule begins at step 0, not at " + first);
            }
        }

        @Override
        public float at(int step) {
            return whole.at(Math.addExact(first, step));
        }
    }

    /** See {@link #custom}. */
    record Custom(String name, IntToDoubleFunction rate) implements LearningRate {
        @Override
        public float at(int step) {
            return Require.nonNegative("learning rate of " + name, (float) rate.applyAsDouble(step));
        }

        /** The name: two custom schedules are told apart by it in checkpoints. */
        @Override
        public String toString() {
            return "Custom[" + name + "]";
        }
    }
}
