package org.espalier.nn.step;

import java.util.Arrays;
import java.util.Optional;
import org.espalier.compressed.PackedWeight;
import org.espalier.kernel.FusedActivation;
import org.espalier.sparse.SparseMatrix;
import org.espalier.tensor.Storage;

/** A linear layer that stores only the weights that are not zero. */
record SparseStep(SparseMatrix weight, float[] bias, FusedActivation activation) implements Step {
    /** A file holds weights sparsely because that is smaller; denser ones than these are not multiplied so. */
    private static final double MOST_DENSITY = 0.1;

    static Step of(LinearFormat.Weights weights, SparseMatrix matrix) {
        var step = new SparseStep(matrix, Storage.array(weights.bias()), KernelActivation.kernel(weights));
        return KernelActivation.follow(step, weights);
    }

    /** The step of a packed weight, if it is sparse and has the layer's values, bit for bit. */
    static Optional<Step> packed(LinearFormat.Weights weights, PackedWeight packed) {
        if (packed.entries() > MOST_DENSITY * packed.shape().size()) {
            return Optional.empty();
        }
        boolean same = packed.shape().equals(weights.weight().shape())
                && Arrays.equals(Storage.array(packed.toTensor()), Storage.array(weights.weight()));
        var matrix = same ? packed.sparse() : Optional.<SparseMatrix>empty();
        return matrix.isPresent() ? Optional.of(of(weights, matrix.get())) : Optional.empty();
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
