package org.espalier.nn.step;

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
    default long bytes() {
        return 0;
    }

    /**
     * Computes y from x, both row-major and contiguous. Allocates nothing once the workspace is warm.
     *
     * @param x the input, {@code rows} · in numbers from {@code xo}; not changed
     * @param rows how many rows
     * @param y another array than x, for {@code rows} · out numbers from {@code yo}
     * @param workspace for intermediate results; what is taken is released before returning
     */
    void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace);

    /**
     * Whether the step computes this many rows as features × rows, so that {@link #apply} transposes. In a chain of
     * such steps only the first reads rows and only the last writes them.
     */
    default boolean prefersFeatureMajor(int rows) {
        return false;
    }

    /**
     * {@link #apply} where {@link #prefersFeatureMajor} holds, with x, y or both as features × rows. The same bits.
     *
     * @param transX whether x has rows as in {@code apply}
     * @param transY whether y has rows as in {@code apply}
     * @throws UnsupportedOperationException if the step has no such form
     */
    default void apply(boolean transX, boolean transY, float[] x, int xo, int rows, float[] y, int yo) {
        throw new UnsupportedOperationException(this + " computes rows");
    }
}
