package org.espalier.nn.train;

import java.util.List;
import org.espalier.nn.metrics.Metric;

/**
 * Ends training after {@code patience} epochs in a row whose validation score did not exceed the best before by more
 * than {@code minimumGain}. It decides from the history alone, so a resumed run stops where an uninterrupted one
 * does.
 *
 * @param patience epochs to wait, at least 1
 * @param minimumGain how much better counts as better, at least 0
 */
public record EarlyStopping(int patience, double minimumGain) {
    /** Checks the values; throws {@link IllegalArgumentException}. */
    public EarlyStopping {
        if (patience < 1 || !(minimumGain >= 0)) {
            throw new IllegalArgumentException("early stopping: needs a patience of at least 1 and a gain of at least"
                    + " 0, not " + patience + " and " + minimumGain);
        }
    }

    /** Any improvement counts. */
    public static EarlyStopping patience(int epochs) {
        return new EarlyStopping(epochs, 0);
    }

    /** Whether to stop after these epochs. */
    boolean stops(List<EpochRecord> history, Metric metric) {
        double best = Double.NaN;
        int since = 0;
        for (var record : history) {
            double needed = metric.higherIsBetter() ? best + minimumGain : best - minimumGain;
            if (metric.isBetter(record.score(), needed)) {
                best = record.score();
                since = 0;
            } else {
                since++;
            }
        }
        return since >= patience;
    }
}
