package org.espalier.prune.sparsity;

import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;

/**
 * Whole neurons: unit i is row i of the weight, and its bias goes with it. The column that the neuron feeds in the next
 * layer is taken out when the model is shrunk.
 */
public record Neurons() implements SparsityPattern {
    @Override
    public Units units(Shape weight, Optional<Mask> mask) {
        int in = Units.requireMatrix(this, weight);
        return Units.of(this, weight, mask, weight.dim(0), element -> element / in);
    }

    @Override
    public boolean removesBias() {
        return true;
    }

    @Override
    public String text() {
        return "neurons";
    }
}
