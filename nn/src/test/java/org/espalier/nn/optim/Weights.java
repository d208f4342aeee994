package org.espalier.nn.optim;

import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Gradients;
import org.espalier.tensor.Tensor;

/** A model that is one parameter, whose gradient a test can choose. */
record Weights(Parameter parameter) implements Layer {

    static Weights of(float... values) {
        return of(Tensor.vector(values));
    }

    static Weights of(Tensor values) {
        return new Weights(Parameter.of("w", values));
    }

    /** The gradients of Σ gradient·w, which are {@code gradient} itself. */
    Gradients gradients(float... gradient) {
        return parameter.value().times(Tensor.of(parameter.shape(), gradient)).sum().backward();
    }

    float[] values() {
        return parameter.value().toArray();
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return x.times(parameter.value());
    }

    @Override
    public List<Parameter> ownParameters() {
        return List.of(parameter);
    }
}
