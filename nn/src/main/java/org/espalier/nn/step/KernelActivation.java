package org.espalier.nn.step;

import java.util.Optional;
import org.espalier.kernel.FusedActivation;
import org.espalier.kernel.choice.KernelChoice;

/** The functions that kernels of matrix products apply to their sums before they write them. */
enum KernelActivation implements Pointwise {
    RELU(FusedActivation.RELU) {
        @Override
        public void apply(float[] x, int xo, float[] y, int yo, int n) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Math.max(x[xo + i], 0f);
            }
        }
    },
    TANH(FusedActivation.TANH) {
        @Override
        public void apply(float[] x, int xo, float[] y, int yo, int n) {
            KernelChoice.current().dense().tanh(x, xo, y, yo, n);
        }
    },
    SIGMOID(FusedActivation.SIGMOID) {
        @Override
        public void apply(float[] x, int xo, float[] y, int yo, int n) {
            KernelChoice.current().dense().sigmoid(x, xo, y, yo, n);
        }
    },
    GELU(FusedActivation.GELU) {
        @Override
        public void apply(float[] x, int xo, float[] y, int yo, int n) {
            KernelChoice.current().dense().gelu(x, xo, y, yo, n);
        }
    };

    private final FusedActivation kernel;

    KernelActivation(FusedActivation kernel) {
        this.kernel = kernel;
    }

    /** What the kernels of a linear layer apply; nothing for a function that they do not know. */
    static FusedActivation kernel(LinearFormat.Weights weights) {
        return weights.activation().orElse(null) instanceof KernelActivation fused
                ? fused.kernel
                : FusedActivation.NONE;
    }

    /** The layer without a function that the kernels do not know, for {@link #follow} to add. */
    static LinearFormat.Weights fused(LinearFormat.Weights weights) {
        return kernel(weights) != FusedActivation.NONE
                ? weights
                : new LinearFormat.Weights(weights.name(), weights.weight(), weights.bias(), Optional.empty());
    }

    /** The step of a linear layer, followed by its activation if the kernels do not know that one. */
    static Step follow(Step linear, LinearFormat.Weights weights) {
        var last = weights.activation().orElse(null);
        return last == null || last instanceof KernelActivation
                ? linear
                : Chain.of(linear, new PointwiseStep(last, weights.out()));
    }
}
