package org.espalier.nn.metrics;

import java.util.Locale;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Tensor;

/** A score of a model on samples, such as {@link Accuracy}. */
public interface Metric {
    /** Rows evaluated at once: a constant, so that a score never depends on how it was computed. */
    int ROWS = 512;

    /** The fraction of samples whose class is right. */
    static Accuracy accuracy() {
        return new Accuracy();
    }

    /**
     * The fraction of samples whose class is among the k largest outputs.
     *
     * @throws IllegalArgumentException if k is not positive
     */
    static TopKAccuracy topKAccuracy(int k) {
        return new TopKAccuracy(k);
    }

    /** The coefficient of determination of a regression. */
    static RSquared rSquared() {
        return new RSquared();
    }

    /** The mean of a loss over samples, under the name {@code loss}. */
    static MeanLoss loss(Loss loss) {
        return new MeanLoss("loss", loss);
    }

    /** The mean squared error of a regression. */
    static MeanLoss meanSquaredError() {
        return new MeanLoss("squared error", Loss.meanSquaredError());
    }

    /** A word for reports. */
    String name();

    /** Whether larger is better. */
    boolean higherIsBetter();

    /** A score in words, for reports. */
    default String format(double score) {
        return String.format(Locale.ROOT, "%.4f", score);
    }

    /** A tally with nothing in it. */
    Tally start();

    /** A score in the making: fed batch by batch, then read. */
    interface Tally {
        /** Counts the outputs for a batch of targets in. */
        void add(Tensor output, Tensor target);

        /** The score of all batches so far; NaN if there were no samples. */
        double value();
    }

    /** The model's score on all samples, in inference and without gradients. */
    default double of(Layer model, Dataset samples) {
        return of(model, samples, this)[0];
    }

    /** Whether {@code score} is better than {@code other}; NaN is never better, anything else is better than NaN. */
    default boolean isBetter(double score, double other) {
        return !Double.isNaN(score) && (Double.isNaN(other) || (higherIsBetter() ? score > other : score < other));
    }

    /** Several scores in one pass over the samples. */
    static double[] of(Layer model, Dataset samples, Metric... metrics) {
        var tallies = new Tally[metrics.length];
        for (int i = 0; i < metrics.length; i++) {
            tallies[i] = metrics[i].start();
        }
        NoGrad.run(() -> {
            for (var batch : DataLoader.of(samples, ROWS).epoch(0)) {
                var output = model.forward(batch.inputs(), Mode.inference());
                for (var tally : tallies) {
                    tally.add(output, batch.targets());
                }
            }
        });
        var scores = new double[metrics.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = tallies[i].value();
        }
        return scores;
    }
}
