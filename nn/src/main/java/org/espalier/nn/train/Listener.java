package org.espalier.nn.train;

/**
 * Listens to a training run, on the thread that trains, between steps. What a listener throws ends the run.
 */
@FunctionalInterface
public interface Listener {
    /** Something happened. */
    void on(TrainingEvent event);

    /**
     * Whether this listener reads gradients of weights under a mask in the {@link TrainingEvent.Differentiated} of a
     * step. If no listener does, they may all be +0, which is faster. A resumed run must get the same answer.
     *
     * @param step the step, from 0
     */
    default boolean needsDenseGradients(int step) {
        return false;
    }
}
