package org.espalier.nn;

import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * How far a model's output is from what was wanted, as one number to be made small.
 *
 * <p>Targets are tensors whatever the task: of the output's shape in regression, [batch] class numbers in
 * classification (see {@link Labels}). A loss is the mean over its terms, so it does not grow with the batch; an empty
 * batch gives NaN.
 */
@FunctionalInterface
public interface Loss {
    /**
     * The mean loss of a batch, a tensor of rank 0 through which gradients flow into {@code output}.
     *
     * @throws ShapeException if the target does not fit the output
     */
    Tensor value(Tensor output, Tensor target);

    /**
     * For losses that compare element by element. They do not broadcast: [batch, 1] against [batch] would silently
     * compare every output with every target.
     *
     * @throws ShapeException if the shapes differ
     */
    static void requireSameShape(String loss, Tensor output, Tensor target) {
        if (!output.shape().equals(target.shape())) {
            throw new ShapeException(loss + ": output " + output.shape() + " and target " + target.shape()
                    + " must have one shape; reshape the target");
        }
    }
}
