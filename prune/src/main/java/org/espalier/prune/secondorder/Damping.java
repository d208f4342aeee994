package org.espalier.prune.secondorder;

/** The fraction of the mean diagonal that is added to a diagonal to make a matrix invertible. */
public final class Damping {
    /** The published one of SparseGPT: 1 %. */
    public static final double USUAL = 0.01;

    private Damping() {}

    /** Refuses a damping that is negative or not a number. */
    public static void require(double damping) {
        if (!(damping >= 0 && damping < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the damping must be 0 or more, not " + damping);
        }
    }
}
