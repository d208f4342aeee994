package org.espalier.prune;

import org.espalier.nn.Layer;
import org.espalier.nn.Loss;
import org.espalier.nn.Pass;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.optim.Rule;
import org.espalier.tensor.Rng;

/**
 * How a model recovers after pruning: any training that respects masks, as every optimizer here does. It must depend on
 * nothing but the model, the round and its own fixed data, or the run is not reproducible; optimizer state starts anew
 * in every round.
 */
@FunctionalInterface
public interface Retraining {
    /** Trains the model in place. */
    void retrain(Layer model, Round round);

    /**
     * Trains on a dataset, shuffled for each epoch.
     *
     * @param samples what to train on
     * @param loss what to make small
     * @param rule the optimizer, begun anew in every round
     * @param batchSize samples in a step
     */
    static Retraining on(Dataset samples, Loss loss, Rule rule, int batchSize) {
        return (model, round) -> {
            var optimizer = rule.bind(model);
            var loader = DataLoader.of(samples, batchSize).shuffle(round.seed());
            var rng = Rng.of(round.seed()).split(1);
            for (int epoch = 0; epoch < round.epochs(); epoch++) {
                for (var batch : loader.epoch(epoch)) {
                    var output = model.forward(batch.inputs(), Pass.training(rng));
                    optimizer.step(loss.value(output, batch.targets()).backward());
                }
            }
        };
    }

    /**
     * Which training this is.
     *
     * @param stage the name of the stage
     * @param step the step of its schedule, from 1
     * @param steps how many steps the schedule has
     * @param epochs how many epochs are asked for, at least 1
     * @param seed for shuffling and dropout; differs from round to round
     */
    record Round(String stage, int step, int steps, int epochs, long seed) {}
}
