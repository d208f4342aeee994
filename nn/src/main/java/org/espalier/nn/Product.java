package org.espalier.nn;

import java.util.List;
import org.espalier.nn.step.Steps;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/** The elementwise product of inputs of one shape, multiplied from left to right. */
public record Product() implements Join {
    @Override
    public Tensor join(List<Tensor> inputs, Mode mode) {
        var value = inputs.getFirst();
        for (var input : inputs.subList(1, inputs.size())) {
            if (!input.shape().equals(value.shape())) {
                throw new ShapeException("product: inputs must have one shape, not " + value.shape() + " and "
                        + input.shape());
            }
            value = value.times(input);
        }
        return value;
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Product();
    }

    /** Nothing: it is applied to one input, which it gives. */
    @Override
    public void compile(Steps steps) {}

    @Override
    public LayerConfig config() {
        return LayerConfig.of("product");
    }

    @Override
    public String toString() {
        return "Product";
    }
}
