package org.espalier.prune.sparsity;

import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;

/** Whole inputs: unit j is column j of the weight. On the first layer these are features of the data. */
public record Inputs() implements SparsityPattern {
    @Override
    public Units units(Shape weight, Optional<Mask> mask) {
        int in = Units.requireMatrix(this, weight);
        return Units.of(this, weight, mask, in, element -> element % in);
    }

    @Override
    public String text() {
        return "inputs";
    }
}
