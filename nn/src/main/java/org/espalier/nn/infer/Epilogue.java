package org.espalier.nn.infer;

import org.espalier.kernel.FusedActivation;
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
        return last == null || own(weights) != FusedActivation.NONE
                ? linear
                : Chain.of(linear, new ActivationStep(last, weights.out()));
    }

    /** What the layer's kernels do. */
    static FusedActivation own(LinearFormat.Weights weights) {
        var last = weights.activation().orElse(null);
        if (last instanceof Relu) {
            return FusedActivation.RELU;
        }
        if (last instanceof Tanh) {
            return FusedActivation.TANH;
        }
        if (last instanceof Sigmoid) {
            return FusedActivation.SIGMOID;
        }
        return last instanceof Gelu ? FusedActivation.GELU : FusedActivation.NONE;
    }
}
