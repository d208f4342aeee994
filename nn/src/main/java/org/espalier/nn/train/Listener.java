package org.espalier.nn.train;

/**
 * Hears what happens in a training run, on the thread that trains, between steps. What a listener throws ends the run.
 */
@FunctionalInterface
public interface Listener {
    /** Something happened. */
    void on(TrainingEvent event);
}
