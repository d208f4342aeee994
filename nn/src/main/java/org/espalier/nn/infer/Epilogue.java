package org.espalier.nn.infer;

import java.util.function.Function;
import org.espalier.kernel.Activation;
import org.espalier.nn.Gelu;
import org.espalier.nn.Relu;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Tanh;

/** The activation after a linear layer: the common ones are the product kernels' own, a step follows for the rest. */
final class Epilogue {
    private Epilogue() {}

    static Step of(LinearFormat.Weights weights, Function<Activation, Step> linear) {
        var last = weights.activation().orElse(null);
        var own = own(last);
        var step = linear.apply(own);
        return last == null || own != Activation.NONE ? step : Chain.of(step, new ActivationStep(last, weights.out()));
    }

    private static Activation own(org.espalier.nn.Activation last) {
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
