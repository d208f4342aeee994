package org.espalier.prune.training;

/** Checks of the numbers of methods. */
final class Checks {
    private Checks() {}

    /** Refuses what is not a fraction. */
    static void requireShare(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(what + " must be in [0, 1], not " + share);
        }
    }

    /** Refuses what is below a limit. */
    static void requireAtLeast(int limit, String what, int count) {
        if (count < limit) {
            throw new IllegalArgumentException(what + " must be at least " + limit + ", not " + count);
        }
    }
}
