package org.espalier.prune.pipeline;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.prune.PruningPlan;
import org.espalier.prune.deploy.FormatTable;

/** A stage at work on a model, asked for its steps in turn. What goes wrong is put right by the pipeline. */
interface StageWork {
    /**
     * Changes the model.
     *
     * @param step its number, from 1
     * @param seed for whatever is left to chance; differs from step to step
     */
    Done step(int step, long seed);

    /** Retrains the model after a step. */
    default void retrain(Layer model, Retraining retraining, Retraining.Round round) {
        retraining.retrain(model, round);
    }

    /** What a step came to, once the model has been retrained. */
    default Done retrained(Done done) {
        return done;
    }

    /** What more is to be told of the steps so far. */
    default List<StageFact> facts() {
        return List.of();
    }

    /** The model that is measured and that the stage stands for: the one it changes, or a copy made of it. */
    default Layer result(Layer model) {
        return model;
    }

    /** The formats chosen for the layers of {@link #result}, if the stage chooses any. */
    default Optional<FormatTable> formats() {
        return Optional.empty();
    }

    /** The layers of the model after the steps so far. */
    default List<LayerReport> layers(Layer model) {
        return LayerReport.of(model);
    }

    /**
     * What a step did.
     *
     * @param units units in the scope of the stage, removed ones included
     * @param removed those that are removed now
     * @param plan the plan that was applied, if the stage makes plans
     */
    record Done(int units, int removed, Optional<PruningPlan> plan) {}
}
