package org.espalier.prune.training;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.nn.Mask;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.nn.train.TrainingResult;

/** Makes sure that a model ends with the masks of its last epoch, not with those of one before the method was done. */
final class FinalMasks implements Listener {
    private final Supplier<List<Optional<Mask>>> masks;
    private Optional<List<Optional<Mask>>> last = Optional.empty();

    FinalMasks(Supplier<List<Optional<Mask>>> masks) {
        this.masks = masks;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.EpochEnded) {
            last = Optional.of(masks.get());
        }
    }

    /** Throws {@link IllegalStateException} if training stopped early or went back. */
    void requireFinal(TrainingResult result, String method) {
        boolean early = result.ending() == TrainingResult.Ending.STOPPED_EARLY;
        boolean back = result.ending() != TrainingResult.Ending.INTERRUPTED
                && last.isPresent()
                && !last.get().equals(masks.get());
        if (early || back) {
            String end = early ? "stopped early" : "went back to epoch " + result.bestEpoch();
            throw new IllegalStateException(method + ": training " + end
                    + ", before the masks were final; train without early stopping and without keeping the best epoch");
        }
    }
}
