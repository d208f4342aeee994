package org.espalier.nn.train;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.nn.metrics.Metric;

/** The best epoch so far by its score (of equals, the first), and, if wanted, the state the model had then. */
final class BestModel {
    private final Metric metric;
    private final boolean keep;
    private int epoch;
    private double score = Double.NaN;
    private StateDict state;

    /**
     * As after these epochs.
     *
     * @param metric null without validation
     * @param saved the state kept before, or null
     */
    BestModel(Metric metric, boolean keep, List<EpochRecord> history, StateDict saved) {
        this.metric = metric;
        this.keep = keep;
        history.forEach(this::isBest);
        this.state = keep ? saved : null;
    }

    /** Looks at one more epoch; tells whether it is the best. */
    boolean consider(EpochRecord record, Layer model) {
        boolean best = isBest(record);
        if (best && keep) {
            state = StateDict.of(model);
        }
        return best;
    }

    private boolean isBest(EpochRecord record) {
        if (metric == null || !metric.isBetter(record.score(), score)) {
            return false;
        }
        epoch = record.epoch();
        score = record.score();
        return true;
    }

    /** The number of the best epoch; 0 if there is none. */
    int epoch() {
        return epoch;
    }

    Optional<StateDict> state() {
        return Optional.ofNullable(state);
    }
}
