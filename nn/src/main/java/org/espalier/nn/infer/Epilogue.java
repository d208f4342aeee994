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
        return switch (last) {
            case null -> linear.apply(Activation.NONE);
            case Relu relu -> linear.apply(Activation.RELU);
            case Tanh tanh -> linear.apply(Activation.TANH);
            case Sigmoid sigmoid -> linear.apply(Activation.SIGMOID);
            case Gelu gelu -> linear.apply(Activation.GELU);
            default -> Chain.of(linear.apply(Activation.NONE), new ActivationStep(last, weights.out()));
        };
    }
}
