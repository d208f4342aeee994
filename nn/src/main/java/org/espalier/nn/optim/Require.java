package org.espalier.nn.optim;

/** Checks of hyper-parameters; each returns its argument or throws {@link IllegalArgumentException}. */
final class Require {
    private Require() {}

    /** Finite and at least 0. */
    static float nonNegative(String what, float value) {
        if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + " must be finite and at least 0, not " + value);
        }
        return value;
    }

    /** Finite and above 0. */
    static float positive(String what, float value) {
        if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(what + " must be finite and above 0, not " + value);
        }
        return value;
    }

    /** In [0, 1): how much of the past a moving average keeps. */
    static float share(String what, float value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(what + " must be at least 0 and below 1, not " + value);
        }
        return value;
    }

    /** At least 1. */
    static int atLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, not " + value);
        }
        return value;
    }
}
