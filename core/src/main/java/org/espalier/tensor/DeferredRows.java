package org.espalier.tensor;

/**
 * A matrix whose rows can be computed some at a time, by several threads at once, into an array of the caller's: for
 * whoever needs each only once.
 */
public interface DeferredRows extends Deferred {
    /** How many rows there are. */
    int rows();

    /** How many elements a row has. */
    int width();

    /** Writes the rows [from, to) to their places in {@code out}, an array of the whole matrix; touches no others. */
    void compute(int from, int to, float[] out);
}
