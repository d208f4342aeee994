package org.espalier.prune.pipeline;

import java.util.Optional;
import java.util.function.Function;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.training.SparseTraining;
import org.espalier.prune.training.TrainingSetup;

/** The retraining that a trainer does: with a plain fit, or with a method that moves masks. */
record Fitting(Function<Layer, Trainer> trainers, Dataset samples, Optional<Dataset> validation) implements Retraining {
    @Override
    public void retrain(Layer model, Round round) {
        var trainer = trainer(model, round);
        if (validation.isPresent()) {
            trainer.keepBest().fit(samples, validation.get());
        } else {
            trainer.fit(samples);
        }
    }

    @Override
    public void retrain(Layer model, Round round, SparseTraining method) {
        var setup = TrainingSetup.of(trainer(model, round), samples).seed(round.seed());
        method.train(model, validation.map(setup::validate).orElse(setup));
    }

    private Trainer trainer(Layer model, Round round) {
        return trainers.apply(model).epochs(round.epochs()).seed(round.seed());
    }
}
