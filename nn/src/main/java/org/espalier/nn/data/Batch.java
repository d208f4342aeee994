package org.espalier.nn.data;

import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * Some samples side by side: row i of the inputs belongs to row i of the targets.
 *
 * @param inputs [n, …]
 * @param targets [n] class labels, or [n, …] values
 * @param weights [n] how much each sample counts in the loss; rank 0 if all count the same
 */
public record Batch(Tensor inputs, Tensor targets, Tensor weights) {
    /** Checks that there are as many targets and weights as inputs; throws {@link ShapeException}. */
    public Batch {
        if (inputs.rank() == 0 || targets.rank() == 0 || inputs.dim(0) != targets.dim(0)) {
            throw new ShapeException("batch: inputs " + inputs.shape() + " and targets " + targets.shape()
                    + " must have the same number of rows");
        }
        if (weights.rank() > 1 || weights.rank() == 1 && weights.dim(0) != inputs.dim(0)) {
            throw new ShapeException("batch: inputs " + inputs.shape() + " need weights [" + inputs.dim(0) + "], not "
                    + weights.shape());
        }
    }

    /** Samples that all count the same. */
    public Batch(Tensor inputs, Tensor targets) {
        this(inputs, targets, Tensor.scalar(1));
    }

    /** How many samples there are. */
    public int size() {
        return inputs.dim(0);
    }
}
