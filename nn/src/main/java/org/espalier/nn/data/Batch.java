package org.espalier.nn.data;

import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * Some samples side by side: row i of the inputs belongs to row i of the targets.
 *
 * @param inputs [n, …]
 * @param targets [n] class numbers, or [n, …] values
 */
public record Batch(Tensor inputs, Tensor targets) {
    /** Checks that there are as many targets as inputs; throws {@link ShapeException}. */
    public Batch {
        if (inputs.rank() == 0 || targets.rank() == 0 || inputs.dim(0) != targets.dim(0)) {
            throw new ShapeException("batch: inputs " + inputs.shape() + " and targets " + targets.shape()
                    + " must have the same number of rows");
        }
    }

    /** How many samples there are. */
    public int size() {
        return inputs.dim(0);
    }
}
