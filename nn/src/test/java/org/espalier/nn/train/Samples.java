package org.espalier.nn.train;

import org.espalier.nn.Labels;
import org.espalier.nn.data.Dataset;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Small data for training tests. */
final class Samples {
    private Samples() {}

    /** Points in the plane in three classes: rings of radius 1, 2 and 3 with some noise. No line separates them. */
    static Dataset rings(int size, long seed) {
        var rng = Rng.of(seed);
        var points = new float[2 * size];
        var classes = new int[size];
        for (int i = 0; i < size; i++) {
            classes[i] = i % 3;
            double radius = 1 + classes[i] + 0.1 * rng.nextGaussian();
            double angle = 2 * Math.PI * rng.nextFloat();
            points[2 * i] = (float) (radius * Math.cos(angle));
            points[2 * i + 1] = (float) (radius * Math.sin(angle));
        }
        return Dataset.of(Tensor.of(Shape.of(size, 2), points), Labels.of(classes));
    }

    /** Inputs of three features and the target 2·x₀ − x₁ + 0.5. */
    static Dataset line(int size, long seed) {
        var inputs = Rng.of(seed).normal(Shape.of(size, 3), 1);
        var targets = inputs.matmul(Tensor.of(Shape.of(3, 1), 2, -1, 0)).plus(0.5f);
        return Dataset.of(inputs, targets);
    }
}
