package org.espalier.nn.infer;

import java.util.Optional;
import org.espalier.kernel.Kernels;
import org.espalier.nn.Activation;
import org.espalier.tensor.Tensor;

/** How an inference model holds the weights of a linear layer: makes the step that computes activation(x·Wᵀ + b). */
@FunctionalInterface
public interface LinearFormat {
    /**
     * A linear layer and the activation that follows it.
     *
     * @param name the layer's path in the model, such as {@code fc1}
     * @param weight [out, in]; zero where the layer is pruned
     * @param bias [out]
     * @param activation the activation to apply, if one follows; never a softmax
     */
    record Weights(String name, Tensor weight, Tensor bias, Optional<Activation> activation) {
        /** Numbers in an input row. */
        public int in() {
            return weight.dim(1);
        }

        /** Numbers in an output row. */
        public int out() {
            return weight.dim(0);
        }
    }

    /** The step for these weights. */
    Step step(Weights weights);

    /** All weights as float32, packed for the machine's kernels. */
    static LinearFormat dense() {
        return weights -> DenseStep.of(weights, Kernels.active());
    }
}
