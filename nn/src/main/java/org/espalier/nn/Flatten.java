package org.espalier.nn;

import org.espalier.nn.step.Steps;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/** Makes one axis of all axes but the first: [batch, 28, 28] becomes [batch, 784], [batch] becomes [batch, 1]. */
public record Flatten() implements Layer {
    /** A layer that flattens. */
    public static Flatten of() {
        return new Flatten();
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() == 0) {
            throw new ShapeException("flatten: needs at least one axis, the batch");
        }
        int width = 1;
        for (int axis = 1; axis < x.rank(); axis++) {
            width *= x.dim(axis);
        }
        return x.reshape(Shape.of(x.dim(0), width));
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Flattened();
    }

    @Override
    public void compile(Steps steps) {
        steps.flatten();
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("flatten");
    }

    @Override
    public String toString() {
        return "Flatten";
    }
}
