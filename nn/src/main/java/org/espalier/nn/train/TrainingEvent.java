package org.espalier.nn.train;

import java.util.Optional;
import org.espalier.nn.metrics.Metric;
import org.espalier.tensor.Gradients;

/** Something that happened in a training run. Epochs and batches count from 1, steps from 0. */
public sealed interface TrainingEvent {
    /**
     * The run begins, or goes on from a checkpoint.
     *
     * @param epochs how many epochs it is to have
     * @param batches how many batches an epoch has
     * @param stepsDone how many steps were taken before
     * @param metric what the score of an epoch is, if there is validation
     * @param keepsBest whether the model will in the end be that of the best epoch, not that of the last
     */
    record Started(int epochs, int batches, int stepsDone, Optional<Metric> metric, boolean keepsBest)
            implements
            TrainingEvent {}

    /**
     * Gradients are known and not yet used: the parameters still have the values they belong to. What uses them is the
     * optimizer, or, at some steps, {@link MaskUpdater}. Those of weights under a mask may be +0 unless a listener
     * {@linkplain Listener#needsDenseGradients needs} them.
     *
     * @param step the step about to be taken
     * @param loss the objective's value
     * @param gradients what the optimizer will be given, if the step is its
     */
    record Differentiated(int step, float loss, Gradients gradients) implements TrainingEvent {}

    /**
     * A step has been taken. A listener may change masks here; the optimizer notices.
     *
     * @param epoch the epoch, from 1
     * @param batch the batch within it, from 1
     * @param step the step taken
     * @param meanLoss the mean of the objective over the epoch so far
     */
    record Stepped(int epoch, int batch, int step, double meanLoss) implements TrainingEvent {}

    /**
     * An epoch is over and validated.
     *
     * @param record what it came to
     * @param best whether its score is the best so far
     */
    record EpochEnded(EpochRecord record, boolean best) implements TrainingEvent {}

    /**
     * The run is over.
     *
     * @param result how it went
     */
    record Ended(TrainingResult result) implements TrainingEvent {}
}
