package org.espalier.nn.step;

/** How several values become one. */
public enum Merge {
    /** Their sum, added from left to right. */
    SUM,
    /** Their elementwise product, multiplied from left to right. */
    PRODUCT,
    /** Side by side along the innermost axis. */
    CONCAT;

    /**
     * Takes in input number {@code k}; after the last one, y is the result.
     *
     * @param x the input, {@code vectors} × {@code width} numbers from {@code xo}
     * @param y for {@code vectors} × {@code out} numbers from {@code yo}
     * @param at where the input's numbers begin in a vector of the result, for {@link #CONCAT}
     */
    void accept(int k, float[] x, int xo, int vectors, int width, float[] y, int yo, int out, int at) {
        if (this == CONCAT) {
            for (int i = 0; i < vectors; i++) {
                System.arraycopy(x, xo + i * width, y, yo + i * out + at, width);
            }
            return;
        }
        int n = vectors * width;
        if (k == 0) {
            System.arraycopy(x, xo, y, yo, n);
        } else if (this == SUM) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = y[yo + i] + x[xo + i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                y[yo + i] = y[yo + i] * x[xo + i];
            }
        }
    }
}
