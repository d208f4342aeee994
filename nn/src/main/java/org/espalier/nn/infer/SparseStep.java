package org.espalier.nn.infer;

import java.util.function.Function;
import org.espalier.kernel.Activation;
import org.espalier.sparse.SparseMatrix;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** A linear layer that stores only the weights that are not zero. */
record SparseStep(SparseMatrix weight, float[] bias, Activation activation) implements Step {
    static LinearFormat format(Function<Tensor, SparseMatrix> layout) {
        return weights -> {
            var matrix = layout.apply(weights.weight());
            return Epilogue.of(
                    weights, activation -> new SparseStep(matrix, Storage.array(weights.bias()), activation));
        };
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
    public String toString() {
        return "sparse(" + weight + ", " + activation + ")";
    }
}
