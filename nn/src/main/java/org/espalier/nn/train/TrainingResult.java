package org.espalier.nn.train;

import java.util.List;
import java.util.Optional;

/**
 * The result of a training run.
 *
 * @param history one record per epoch completed, those before a resumed checkpoint included
 * @param bestEpoch the number of the epoch with the best validation score, 0 if nothing was validated
 * @param steps how many optimizer steps have been taken in all
 * @param ending why training ended
 */
public record TrainingResult(List<EpochRecord> history, int bestEpoch, int steps, Ending ending) {

    /** Why training ended. */
    public enum Ending {
        /** All epochs are done. */
        COMPLETED,
        /** The validation score had stopped improving. */
        STOPPED_EARLY,
        /** The thread was interrupted; its interrupt flag is still set. */
        INTERRUPTED
    }

    /** Copies the history. */
    public TrainingResult {
        history = List.copyOf(history);
    }

    /** The last epoch completed, if there was one. */
    public Optional<EpochRecord> last() {
        return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
    }

    /** The epoch with the best validation score, if there was validation. */
    public Optional<EpochRecord> best() {
        return history.stream().filter(record -> record.epoch() == bestEpoch).findFirst();
    }
}
