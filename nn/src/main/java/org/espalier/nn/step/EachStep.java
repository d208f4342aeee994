package org.espalier.nn.step;

/** A step applied to every one of the {@code count} vectors of a sample. */
record EachStep(Step step, int count) implements Step {
    @Override
    public int in() {
        return count * step.in();
    }

    @Override
    public int out() {
        return count * step.out();
    }

    @Override
    public long bytes() {
        return step.bytes();
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        step.apply(x, xo, count * rows, y, yo, workspace);
    }

    @Override
    public String toString() {
        return count + " × " + step;
    }
}
