package org.espalier.prune.training;

import org.espalier.nn.Layer;
import org.espalier.nn.train.TrainingResult;

/**
 * A way of training during which the masks of the linear layers change. An immutable value. Biases and norms have no
 * part in it: they stay as dense as they are.
 *
 * <p>The same model, training and seed give the same bits, for any number of threads. To continue from a checkpoint,
 * call it with the model as it was at first and a trainer {@linkplain org.espalier.nn.train.Trainer#resumeFrom that
 * continues from it}: the rest of a run has the same bits as if it had not been cut off.
 */
public interface SparseTraining {
    /**
     * Trains a model in place. After an exception it is as it was; after an interruption it is where its checkpoint is.
     *
     * @throws IllegalArgumentException if the method cannot work on this model or in so many steps
     * @throws IllegalStateException if the model that training ended with has not the masks the method was to reach,
     *     because training stopped early or went back to an earlier epoch
     */
    TrainingResult train(Layer model, TrainingSetup training);

    /** The method and its numbers in one line; {@link Methods#parse} reads it back. */
    String text();

    /** What goes and what comes at an update, in a few words. */
    String formula();

    /** Who published it. */
    String source();
}
