package org.espalier.tensor;

/** The elements of a matrix whose rows can be computed independently, by several threads, into a caller's array. */
interface LazyRows extends LazyElements {
    /** Writes the rows [from, to) to their places in {@code out}, an array of the whole matrix; touches no others. */
    void compute(int from, int to, float[] out);
}
