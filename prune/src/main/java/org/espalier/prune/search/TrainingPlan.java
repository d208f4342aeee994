package org.espalier.prune.search;

import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.optim.WeightDecay;
import org.espalier.nn.train.Objective;
import org.espalier.nn.train.Trainer;

/**
 * How a model is trained for a number of epochs that is chosen later, so that the learning rate can fall in that time.
 * Must depend on nothing but its arguments.
 */
@FunctionalInterface
public interface TrainingPlan {
    /**
     * A trainer whose learning rates fit this many epochs; its seed and number of epochs are set by the caller.
     *
     * @param model what to train
     * @param objective what to minimize
     * @param epochs how long, at least 1
     */
    Trainer trainer(Layer model, Objective objective, int epochs);

    /**
     * AdamW at 0.002, falling to a thousandth of it along half a cosine. Below 10,000 samples in batches of 32 and with
     * a weight decay of 0.5 on matrices, as {@link org.espalier.nn.table.Table#trainer} has it; else of 100, with 0.05.
     */
    static TrainingPlan standard(Dataset samples) {
        return samples.size() < 10_000 ? adamW(samples, 32, 2e-3f, 0.5f) : adamW(samples, 100, 2e-3f, 0.05f);
    }

    /**
     * AdamW with a learning rate that falls to a thousandth along half a cosine.
     *
     * @param samples what will be trained on
     * @param batch samples per step
     * @param rate the first learning rate
     * @param decay the weight decay of matrices
     */
    static TrainingPlan adamW(Dataset samples, int batch, float rate, float decay) {
        int steps = Math.max(1, Math.ceilDiv(samples.size(), batch));
        return (model, objective, epochs) -> {
            var rates = LearningRate.cosine(rate, rate / 1000, Math.multiplyExact(epochs, steps));
            return Trainer.of(model, objective, Optimizer.adamW(rates).weightDecay(WeightDecay.ofMatrices(decay)))
                    .batchSize(batch)
                    .epochs(epochs);
        };
    }
}
