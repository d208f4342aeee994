package org.espalier.bench.task;

/**
 * Something of a fixed size that several libraries can do. Its inputs are the same for all of them, and so is
 * the check.
 */
public sealed interface Workload
        permits Dense, Elementwise, AutogradGraph, Inference, Probe, MatrixProduct, RowSoftmax, Sparse, VectorSum,
        Tile, Training {
    /** What is done, on what, with how many threads: unique among the rows. */
    String name();

    /** How many threads every peer may use. */
    int threads();

    /** What one execution costs at least. */
    Cost cost();

    /**
     * Compares a peer's answer with a reference computed in double precision.
     *
     * @throws IllegalStateException if it is wrong; the message names the element
     */
    void verify(float[] result);

    /** The name's ending: nothing for one thread. */
    static String suffix(int threads) {
        return threads == 1 ? "" : " " + threads + " threads";
    }
}
