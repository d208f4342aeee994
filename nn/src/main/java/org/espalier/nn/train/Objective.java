package org.espalier.nn.train;

import java.util.function.Function;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.Batch;
import org.espalier.nn.loss.Loss;
import org.espalier.tensor.Tensor;

/**
 * What training minimizes: one number from a model and a batch. Usually a {@link Loss} of output and target; this is
 * the place for more, such as a teacher's outputs (distillation) or a penalty on the weights.
 */
@FunctionalInterface
public interface Objective {
    /** The number, a tensor of rank 0 through which gradients flow into the model's parameters. */
    Tensor loss(Layer model, Batch batch, Mode mode);

    /** A loss of the model's output and the target, the samples weighted as the batch says. */
    static Objective of(Loss loss) {
        return (model, batch, mode) -> loss.value(model.forward(batch.inputs(), mode), batch.targets(),
                batch.weights());
    }

    /** This objective plus a penalty that depends on the model alone, such as a multiple of the sum of |w|. */
    default Objective withPenalty(Function<Layer, Tensor> penalty) {
        return (model, batch, mode) -> loss(model, batch, mode).plus(penalty.apply(model));
    }
}
