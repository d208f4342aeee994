package org.espalier.prune.search;

import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.train.Objective;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.prune.training.SparseTraining;
import org.espalier.prune.training.TrainingSetup;

/**
 * Retraining by a plan: the learning rate falls within each round.
 *
 * @param plan how
 * @param objective what to minimize
 * @param samples what to learn from
 */
record PlannedRetraining(TrainingPlan plan, Objective objective, Dataset samples) implements Retraining {
    private Trainer trainer(Layer model, Round round) {
        return plan.trainer(model, objective, round.epochs()).epochs(round.epochs()).seed(round.seed());
    }

    @Override
    public void retrain(Layer model, Round round) {
        trainer(model, round).fit(samples);
    }

    @Override
    public void retrain(Layer model, Round round, SparseTraining method) {
        method.train(model, TrainingSetup.of(trainer(model, round), samples).seed(round.seed()));
    }
}
