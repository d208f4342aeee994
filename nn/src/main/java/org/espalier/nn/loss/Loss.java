package org.espalier.nn.loss;

import org.espalier.nn.Labels;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * How far a model's output is from the target, as one number to minimize.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * import org.espalier.tensor.*;
 * var model = Sequential.of(Linear.of(4, 8), Activation.relu(), Linear.of(8, 3));
 * var x = Rng.of(1).normal(Shape.of(3, 4), 1);
 * var loss = Loss.crossEntropy().classWeights(1, 1, 5);
 * Gradients gradients = loss.value(model.forward(x, Mode.training(Rng.of(2))), Labels.of(0, 2, 1)).backward();
 * }
 *
 * <p>Targets are tensors whatever the task: of the output's shape in regression, [batch] class labels in
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

    /** What the outputs mean; a trainer chooses its default metric by it. */
    default Task task() {
        return Task.REGRESSION;
    }

    /**
     * The loss of each sample, [batch].
     *
     * @throws ShapeException if the target does not fit the output
     * @throws UnsupportedOperationException if this loss does not give it: override this method
     */
    default Tensor perSample(Tensor output, Tensor target) {
        throw new UnsupportedOperationException(
                getClass().getName() + " gives no loss per sample, which sample weights need: override perSample");
    }

    /**
     * The weighted mean Σ wᵢ·lᵢ / Σ wᵢ of the samples' losses lᵢ.
     *
     * @param weights [batch] weights of the samples, none negative and not all 0; rank 0 if all samples weigh the same
     * @throws ShapeException if weights or target do not fit the output
     * @throws UnsupportedOperationException if this loss gives no loss per sample
     */
    default Tensor value(Tensor output, Tensor target, Tensor weights) {
        return weights.rank() == 0 ? value(output, target) : SampleWeights.mean(perSample(output, target), weights);
    }

    /** Classification into one of several classes, of logits; see {@link CrossEntropy}. */
    static CrossEntropy crossEntropy() {
        return CrossEntropy.PLAIN;
    }

    /** Yes-or-no outputs, of logits: binary and multi-label classification; see {@link BinaryCrossEntropy}. */
    static BinaryCrossEntropy binaryCrossEntropy() {
        return BinaryCrossEntropy.PLAIN;
    }

    /** Regression; see {@link MeanSquaredError}. */
    static MeanSquaredError meanSquaredError() {
        return new MeanSquaredError();
    }

    /** Regression that outliers pull less; see {@link MeanAbsoluteError}. */
    static MeanAbsoluteError meanAbsoluteError() {
        return new MeanAbsoluteError();
    }

    /**
     * Regression, quadratic up to an error of {@code delta} and linear beyond; see {@link Huber}.
     *
     * @throws IllegalArgumentException if {@code delta} is not positive and finite
     */
    static Huber huber(float delta) {
        return new Huber(delta);
    }

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
