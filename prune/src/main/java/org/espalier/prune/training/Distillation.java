package org.espalier.prune.training;

import java.util.Objects;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.Batch;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.train.Objective;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Tensor;

/**
 * Knowledge distillation: (1 − α)·loss + α·T²·KL(p ‖ q), where p and q are the softmax of the teacher's and of the
 * model's logits divided by the temperature T, and KL is Σ p·(log p − log q), the mean over the batch. With T² the
 * gradient keeps its size when T changes. The teacher runs in inference and learns nothing.
 *
 * <p>Source: Hinton, Vinyals and Dean 2015 (arXiv 1503.02531), section 2.
 *
 * @param teacher usually a copy of the model before pruning; never the model that is trained
 * @param hard the loss of output and target
 * @param temperature T, above 0
 * @param share α, in [0, 1]
 */
public record Distillation(Layer teacher, Loss hard, float temperature, float share) implements Objective {
    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public Distillation {
        Objects.requireNonNull(teacher, "teacher");
        Objects.requireNonNull(hard, "hard");
        Checks.requireShare("the fraction of distillation", share);
        if (!(temperature > 0 && temperature < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the temperature must be positive, not " + temperature);
        }
    }

    /** With the temperature 4 and α = 0.9. */
    public static Distillation of(Layer teacher, Loss hard) {
        return new Distillation(teacher, hard, 4, 0.9f);
    }

    /**
     * The loss of a batch; the model's output is logits [batch, classes].
     *
     * @throws IllegalArgumentException if the model is its own teacher
     */
    @Override
    public Tensor loss(Layer model, Batch batch, Mode mode) {
        if (model == teacher) {
            throw new IllegalArgumentException(
                    "distillation: the model is its own teacher; give it a copy of the dense one, by Layers.copy");
        }
        var output = model.forward(batch.inputs(), mode);
        var known = NoGrad.call(() -> teacher.forward(batch.inputs(), Mode.inference()).times(1 / temperature));
        var soft = output.times(1 / temperature).logSoftmax();
        var divergence = known.logSoftmax().minus(soft).weighted(known.softmax()).sum(-1).mean();
        return hard.value(output, batch.targets())
                .times(1 - share)
                .plus(divergence.times(share * temperature * temperature));
    }
}
