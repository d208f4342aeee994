package org.espalier.nn.step;

import org.espalier.kernel.FusedActivation;
import org.espalier.sparse.SparseMatrix;
import org.espalier.tensor.Storage;

/** A linear layer that stores only the weights that are not zero. */
record SparseStep(SparseMatrix weight, float[] bias, FusedActivation activation) implements Step {
    static Step of(LinearFormat.Weights weights, SparseMatrix matrix) {
        var step = new SparseStep(matrix, Storage.array(weights.bias()), KernelActivation.kernel(weights));
        return KernelActivation.follow(step, weights);
    }

    @Override
    public int in() {
        return weight.cols();
    }

    @Override
    public int out() {
        return weight.rows();
    }

    @Override
    public long bytes() {
        return weight.bytes() + 4L * bias.length;
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        weight.linear(rows, x, xo, bias, activation, y, yo);
    }

    @Override
    public boolean prefersFeatureMajor(int rows) {
        return weight.prefersFeatureMajor(rows);
    }

    @Override
    public void apply(boolean transX, boolean transY, float[] x, int xo, int rows, float[] y, int yo) {
        weight.linear(transX, transY, rows, x, xo, bias, activation, y, yo);
    }

    @Override
    public String toString() {
        return "sparse(" + weight + ", " + activation + ")";
    }
}
