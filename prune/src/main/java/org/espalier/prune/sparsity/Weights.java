package org.espalier.prune.sparsity;

import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;

/** Single weights: unstructured sparsity. Unit i is element i in row-major order. */
public record Weights() implements SparsityPattern {
    @Override
    public Units units(Shape weight, Optional<Mask> mask) {
        Units.requireMatrix(this, weight);
        return Units.of(this, weight, mask, weight.size(), element -> element);
    }

    @Override
    public String text() {
        return "weights";
    }
}
