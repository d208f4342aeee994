package org.espalier.nn;

import java.util.List;
import org.espalier.nn.step.Steps;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/** The sum of inputs of one shape, added from left to right. */
public record Sum() implements Join {
    @Override
    public Tensor join(List<Tensor> inputs, Mode mode) {
        var value = inputs.getFirst();
        for (var input : inputs.subList(1, inputs.size())) {
            if (!input.shape().equals(value.shape())) {
                throw new ShapeException("sum: inputs must have one shape, not " + value.shape() + " and "
                        + input.shape());
            }
            value = value.plus(input);
        }
        return value;
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Sum();
    }

    /** Nothing: it is applied to one input, which it gives. */
    @Override
    public void compile(Steps steps) {}

    @Override
    public LayerConfig config() {
        return LayerConfig.of("sum");
    }

    @Override
    public String toString() {
        return "Sum";
    }
}
