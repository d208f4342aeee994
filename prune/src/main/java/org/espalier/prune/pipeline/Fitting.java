package org.espalier.prune.pipeline;

import java.util.function.Function;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.training.SparseTraining;
import org.espalier.prune.training.TrainingSetup;

/** The retraining that a trainer does: with a plain fit, or with a method that moves masks. */
record Fitting(Function<Layer, Trainer> trainers, Dataset samples) implements Retraining {
    @Override
    public void retrain(Layer model, Round round) {
        trainer(model, round).fit(samples);
    }

    @Override
    public void retrain(Layer model, Round round, SparseTraining method, LayerKinds kinds) {
        method.train(model, TrainingSetup.of(trainer(model, round), samples).seed(round.seed()).kinds(kinds));
    }

    private Trainer trainer(Layer model, Round round) {
        return trainers.apply(model).epochs(round.epochs()).seed(round.seed());
    }
}
