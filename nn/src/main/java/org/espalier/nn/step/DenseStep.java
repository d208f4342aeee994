package org.espalier.nn.step;

import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.PackedMatrix;
import org.espalier.tensor.Storage;

/** A linear layer with all its weights, packed. */
final class DenseStep implements Step {
    private final Kernels kernels;
    private final PackedMatrix weight;
    private final float[] bias;
    private final FusedActivation activation;

    private DenseStep(LinearFormat.Weights weights, Kernels kernels) {
        this.kernels = kernels;
        this.weight = kernels.pack(
                true, weights.in(), weights.out(), Storage.array(weights.weight()), 0, weights.in());
        this.bias = Storage.array(weights.bias());
        this.activation = KernelActivation.kernel(weights);
    }

    static Step of(LinearFormat.Weights weights, Kernels kernels) {
        return KernelActivation.follow(new DenseStep(weights, kernels), weights);
    }

    @Override
    public int in() {
        return weight.k();
    }

    @Override
    public int out() {
        return weight.n();
    }

    @Override
    public long bytes() {
        return 4L * in() * out() + 4L * out();
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        kernels.linearPacked(rows, x, xo, weight, bias, 0, activation, y, yo, out());
    }

    @Override
    public String toString() {
        return "dense(" + in() + " → " + out() + ", " + activation + ")";
    }
}
