package org.espalier.nn.infer;

import org.espalier.kernel.Activation;
import org.espalier.kernel.Kernels;
import org.espalier.kernel.PackedMatrix;
import org.espalier.nn.Gelu;
import org.espalier.nn.Relu;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Tanh;
import org.espalier.tensor.Storage;

/** A linear layer with packed weights; the kernel applies the common activations, another step follows for the rest. */
final class DenseStep implements Step {
    private final Kernels kernels;
    private final PackedMatrix weight;
    private final float[] bias;
    private final Activation activation;

    private DenseStep(LinearFormat.Weights weights, Activation activation, Kernels kernels) {
        this.kernels = kernels;
        this.weight = kernels.pack(
                true, weights.in(), weights.out(), Storage.array(weights.weight()), 0, weights.in());
        this.bias = Storage.array(weights.bias());
        this.activation = activation;
    }

    static Step of(LinearFormat.Weights weights, Kernels kernels) {
        var last = weights.activation().orElse(null);
        return switch (last) {
            case null -> new DenseStep(weights, Activation.NONE, kernels);
            case Relu relu -> new DenseStep(weights, Activation.RELU, kernels);
            case Tanh tanh -> new DenseStep(weights, Activation.TANH, kernels);
            case Sigmoid sigmoid -> new DenseStep(weights, Activation.SIGMOID, kernels);
            case Gelu gelu -> new DenseStep(weights, Activation.GELU, kernels);
            default -> Chain.of(
                    new DenseStep(weights, Activation.NONE, kernels), new ActivationStep(last, weights.out()));
        };
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
