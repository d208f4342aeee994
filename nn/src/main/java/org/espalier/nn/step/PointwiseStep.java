package org.espalier.nn.step;

/** A function of each number of a row. */
record PointwiseStep(Pointwise function, int in) implements Step {
    @Override
    public int out() {
        return in;
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        function.apply(x, xo, y, yo, rows * in);
    }

    @Override
    public String toString() {
        return function.toString();
    }
}
