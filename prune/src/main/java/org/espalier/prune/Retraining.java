package org.espalier.prune;

import org.espalier.nn.Layer;

/**
 * How a model recovers after pruning: any training that respects masks, as every optimizer here does. It must depend on
 * nothing but the model, the round and its own fixed data, or the run is not reproducible; optimizer state starts anew in
 * every round.
 */
@FunctionalInterface
public interface Retraining {
    /** Trains the model in place. */
    void retrain(Layer model, Round round);

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
