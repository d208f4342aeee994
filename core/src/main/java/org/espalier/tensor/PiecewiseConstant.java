package org.espalier.tensor;

/**
 * Functions that are constant between their steps, so their derivative is 0 or undefined: constants for gradients. NaN
 * stays NaN, except where 1 and 0 are the answer.
 */
public sealed interface PiecewiseConstant extends Unary {
    @Override
    default Tensor gradient(Tensor g, Tensor x, Tensor y) {
        throw new AssertionError(name() + " has no gradient");
    }

    @Override
    default boolean differentiable() {
        return false;
    }

    /** −1, 0 or 1; the sign of 0 is kept. */
    record Sign() implements PiecewiseConstant {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.signum(x[i]);
            }
        }
    }

    /** The nearest integer, halves to the even one. Quantizers add a straight-through estimate. */
    record Round() implements PiecewiseConstant {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) Math.rint(x[i]);
            }
        }
    }

    /** The largest integer that is not above x. */
    record Floor() implements PiecewiseConstant {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) Math.floor(x[i]);
            }
        }
    }

    /** The smallest integer that is not below x. */
    record Ceil() implements PiecewiseConstant {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) Math.ceil(x[i]);
            }
        }
    }

    /** The integer part: rounded towards 0. */
    record Truncate() implements PiecewiseConstant {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) (x[i] < 0 ? Math.ceil(x[i]) : Math.floor(x[i]));
            }
        }
    }

    /** 1 for 0, otherwise 0; NaN counts as true. */
    record Not() implements PiecewiseConstant {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = x[i] == 0 ? 1f : 0f;
            }
        }
    }

    /** 1 for NaN, otherwise 0. */
    record IsNaN() implements PiecewiseConstant {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = x[i] != x[i] ? 1f : 0f;
            }
        }
    }

    /** 1 for ±∞, otherwise 0. */
    record IsInfinite() implements PiecewiseConstant {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.abs(x[i]) == Float.POSITIVE_INFINITY ? 1f : 0f;
            }
        }
    }

    /** 1 for a number that is neither infinite nor NaN, otherwise 0. */
    record IsFinite() implements PiecewiseConstant {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.abs(x[i]) < Float.POSITIVE_INFINITY ? 1f : 0f;
            }
        }
    }
}
