package org.espalier.nn;

import java.util.List;
import org.espalier.nn.step.Steps;
import org.espalier.tensor.Tensor;

/** Inputs side by side along the innermost axis; their other axes must be equal. */
public record Concatenation() implements Join {
    @Override
    public Tensor join(List<Tensor> inputs, Mode mode) {
        return Tensor.concat(-1, inputs.toArray(new Tensor[0]));
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Concatenated();
    }

    /** Nothing: it is applied to one input, which it gives. */
    @Override
    public void compile(Steps steps) {}

    @Override
    public LayerConfig config() {
        return LayerConfig.of("concatenation");
    }

    @Override
    public String toString() {
        return "Concatenation";
    }
}
