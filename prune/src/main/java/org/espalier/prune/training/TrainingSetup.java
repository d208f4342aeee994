package org.espalier.prune.training;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingResult;

/**
 * The training that a {@link SparseTraining} takes part in.
 *
 * @param trainer its settings; the model to be trained takes the place of the trainer's
 * @param samples what to train on
 * @param validation what to validate on after each epoch, if anything
 * @param seed what the method draws from; the order of the samples is the trainer's matter
 */
public record TrainingSetup(
        Trainer trainer, Dataset samples, Optional<Dataset> validation, long seed) {
    /** Training without validation, with seed 0. */
    public static TrainingSetup of(Trainer trainer, Dataset samples) {
        return new TrainingSetup(trainer, samples, Optional.empty(), 0);
    }

    /** Validates after each epoch. */
    public TrainingSetup validate(Dataset validation) {
        return new TrainingSetup(trainer, samples, Optional.of(validation), seed);
    }

    /** With another seed. */
    public TrainingSetup seed(long seed) {
        return new TrainingSetup(trainer, samples, validation, seed);
    }

    /** Trains a model with more in the trainer. */
    TrainingResult fit(Layer model, UnaryOperator<Trainer> more) {
        var all = more.apply(trainer.model(model));
        return validation.isPresent() ? all.fit(samples, validation.get()) : all.fit(samples);
    }

    /** Runs something that trains a model in place; after an exception the model is as it was. */
    static TrainingResult allOrNothing(Layer model, java.util.function.Supplier<TrainingResult> work) {
        var before = StateDict.of(model);
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            before.applyTo(model);
            throw e;
        }
    }
}
