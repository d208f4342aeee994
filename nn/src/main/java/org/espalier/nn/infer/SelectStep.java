package org.espalier.nn.infer;

/** Passes on chosen features. */
record SelectStep(int in, int[] indices) implements Step {
    @Override
    public int out() {
        return indices.length;
    }

    @Override
    public long bytes() {
        return 4L * indices.length;
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        for (int row = 0; row < rows; row++) {
            int from = xo + row * in;
            int to = yo + row * indices.length;
            for (int i = 0; i < indices.length; i++) {
                y[to + i] = x[from + indices[i]];
            }
        }
    }

    @Override
    public String toString() {
        return "select(" + in + " → " + out() + ")";
    }
}
