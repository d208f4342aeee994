package org.espalier.nn.infer;

/**
 * One stage of an inference model: a function from rows of {@link #in} to rows of {@link #out} numbers. Immutable; a
 * row's result has the same bits whatever the other rows are.
 */
public interface Step {
    /** Numbers in an input row. */
    int in();

    /** Numbers in an output row. */
    int out();

    /** The bytes that the step's weights take in memory. */
    long bytes();

    /**
     * Computes y from x, both row-major and contiguous. Allocates nothing once the workspace is warm.
     *
     * @param x the input, {@code rows} · in numbers from {@code xo}; not changed
     * @param rows how many rows
     * @param y another array than x, for {@code rows} · out numbers from {@code yo}
     * @param workspace for intermediate results; what is taken is released before returning
     */
    void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace);
}
