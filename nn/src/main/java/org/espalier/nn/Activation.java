package org.espalier.nn;

import org.espalier.tensor.Tensor;

/** A fixed function of its input, without parameters and the same in training and inference. */
public sealed interface Activation extends Layer permits Relu, LeakyRelu, Tanh, Sigmoid, Gelu, Softplus, Softmax {
    /** The function's value, of the same shape as {@code x}. */
    Tensor of(Tensor x);

    @Override
    default Tensor forward(Tensor x, Mode mode) {
        return of(x);
    }
}
