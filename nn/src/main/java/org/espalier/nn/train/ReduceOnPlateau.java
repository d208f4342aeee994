package org.espalier.nn.train;

import java.util.List;
import org.espalier.nn.metrics.Metric;

/**
 * When to lower the learning rate: after every {@code patience} epochs in a row whose validation score was not better
 * than the best before, all later rates are multiplied by {@code factor}. It decides from the history alone, so a
 * resumed run has the rates of an uninterrupted one.
 *
 * @param factor what to multiply by, in (0, 1)
 * @param patience epochs to wait, at least 1
 * @param minimumGain how much better counts as better, at least 0
 */
public record ReduceOnPlateau(float factor, int patience, double minimumGain) {
    /** Checks the values; throws {@link IllegalArgumentException}. */
    public ReduceOnPlateau {
        if (!(factor > 0 && factor < 1) || patience < 1 || !(minimumGain >= 0)) {
            throw new IllegalArgumentException("reduce on plateau: needs a factor in (0, 1), a patience of at least 1"
                    + " and a gain of at least 0, not " + factor + ", " + patience + " and " + minimumGain);
        }
    }

    /** Any improvement counts. */
    public static ReduceOnPlateau of(float factor, int patience) {
        return new ReduceOnPlateau(factor, patience, 0);
    }

    /** What the learning rates after these epochs are multiplied by. */
    float factor(List<EpochRecord> history, Metric metric) {
        int reductions = 0;
        double best = Double.NaN;
        int since = 0;
        for (var record : history) {
            double needed = metric.higherIsBetter() ? best + minimumGain : best - minimumGain;
            if (metric.isBetter(record.score(), needed)) {
                best = record.score();
                since = 0;
            } else if (++since == patience) {
                reductions++;
                since = 0;
            }
        }
        return (float) StrictMath.pow(factor, reductions);
    }
}
