package org.espalier.nn.infer;

import org.espalier.kernel.Activation;
import org.espalier.nn.Gelu;
import org.espalier.nn.Relu;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Tanh;

/** The activation after a linear layer: the common ones are the product kernels' own, a step follows for the rest. */
final class Epilogue {
    private Epilogue() {}

    /** The layer's step with the step for what is not its kernels' own, if there is any. */
    static Step follow(Step linear, LinearFormat.Weights weights) {
        var last = weights.activation().orElse(null);
        return last == null || own(weights) != Activation.NONE
                ? linear
                : Chain.of(linear, new ActivationStep(last, weights.out()));
    }

    /** What the layer's kernels do. */
    static Activation own(LinearFormat.Weights weights) {
        var last = weights.activation().orElse(null);
        if (last instanceof Relu) {
            return Activation.RELU;
        }
        if (last instanceof Tanh) {
            return Activation.TANH;
        }
        if (last instanceof Sigmoid) {
            return Activation.SIGMOID;
        }
        return last instanceof Gelu ? Activation.GELU : Activation.NONE;
    }
}
