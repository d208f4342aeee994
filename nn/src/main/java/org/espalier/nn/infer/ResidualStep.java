package org.espalier.nn.infer;

/** x + body(x). */
record ResidualStep(Step body) implements Step {
    @Override
    public int in() {
        return body.in();
    }

    @Override
    public int out() {
        return body.in();
    }

    @Override
    public long bytes() {
        return body.bytes();
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        body.apply(x, xo, rows, y, yo, workspace);
        int n = rows * in();
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] + y[yo + i];
        }
    }

    @Override
    public String toString() {
        return "residual(" + body + ")";
    }
}
