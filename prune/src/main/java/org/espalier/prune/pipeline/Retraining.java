package org.espalier.prune.pipeline;

import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.training.EarlyWeights;
import org.espalier.prune.training.SparseTraining;

/**
 * How a model recovers after pruning: any training that respects masks, as every optimizer here does. It must depend on
 * nothing but the model, the round and its own fixed data, or the run is not reproducible; optimizer state is fresh
 * in every round.
 */
@FunctionalInterface
public interface Retraining {
    /** Trains the model in place. */
    void retrain(Layer model, Round round);

    /**
     * Trains the model in place with a method that moves masks. Those made by {@link #on} and {@link #with} can.
     *
     * @throws IllegalArgumentException if this retraining cannot, or the method asks for something that cannot be done
     */
    default void retrain(Layer model, Round round, SparseTraining method) {
        throw new IllegalArgumentException("only a retraining made by Retraining.on or with can train with "
                + method.text() + "; a custom retraining must override retrain(model, round, method)");
    }

    /**
     * Trains on a dataset, shuffled for each epoch.
     *
     * @param samples what to train on
     * @param loss what to make small
     * @param rule the optimizer
     * @param batchSize samples in a step
     */
    static Retraining on(Dataset samples, Loss loss, Optimizer rule, int batchSize) {
        return new Fitting(
                model -> Trainer.of(model, loss, rule).batchSize(batchSize), samples, Optional.empty());
    }

    /**
     * Trains with these settings; the model, and the round's epochs and seed, take the place of the trainer's. The
     * model is that of the last epoch.
     *
     * @throws IllegalArgumentException if the trainer needs validation samples
     */
    static Retraining with(Trainer trainer, Dataset samples) {
        if (trainer.needsValidation()) {
            throw new IllegalArgumentException("this trainer stops early, keeps the best epoch or lowers the learning"
                    + " rate by a score, so retraining needs validation samples: Retraining.with(trainer, samples,"
                    + " validation)");
        }
        return new Fitting(trainer::model, samples, Optional.empty());
    }

    /**
     * As {@link #with(Trainer, Dataset)}, validated after every epoch; the model is that of the best epoch. A method
     * that moves masks ends with its last epoch, because the masks before are not final.
     *
     * @param validation samples to validate on, which are not test samples
     */
    static Retraining with(Trainer trainer, Dataset samples, Dataset validation) {
        return new Fitting(trainer::model, samples, Optional.of(validation));
    }

    /** As this one, each time from early weights on: iterative pruning that looks for lottery tickets. */
    default Retraining from(EarlyWeights early) {
        return (model, round) -> {
            early.rewind(model);
            retrain(model, round);
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
