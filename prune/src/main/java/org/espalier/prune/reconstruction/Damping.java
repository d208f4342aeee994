package org.espalier.prune.reconstruction;

/** The share of the mean diagonal that is added to a diagonal to make a matrix invertible. */
final class Damping {
    /** The published one of SparseGPT: 1 %. */
    static final double USUAL = 0.01;

    private Damping() {}

    static void require(double damping) {
        if (!(damping >= 0 && damping < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the damping must be 0 or more, not " + damping);
        }
    }
}
