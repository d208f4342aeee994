package org.espalier.nn.metrics;

import java.util.Locale;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Tensor;

/**
 * A score of a model on samples, such as {@link Accuracy}.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * import org.espalier.nn.data.Dataset;
 * import org.espalier.tensor.*;
 * var model = Sequential.of(Linear.of(4, 3));
 * var test = Dataset.of(Rng.of(1).normal(Shape.of(5, 4), 1), Labels.of(0, 2, 1, 1, 0));
 * double accuracy = Metric.accuracy().of(model, test);
 * double top2 = Metric.topKAccuracy(2).of(model, test);
 * }
 */
public interface Metric {
    /** Rows evaluated at once: a constant, so that a score never depends on how it was computed. */
    int ROWS = 512;

    /** The fraction of samples whose class is right. */
    static Accuracy accuracy() {
        return new Accuracy(0);
    }

    /**
     * The fraction of samples whose class is among the k largest outputs.
     *
     * @throws IllegalArgumentException if k is not positive
     */
    static TopKAccuracy topKAccuracy(int k) {
        return new TopKAccuracy(k, 0);
    }

    /** The fraction of yes-or-no outputs that are right, for multi-label classification. */
    static LabelAccuracy labelAccuracy() {
        return new LabelAccuracy(false, 0);
    }

    /** The fraction of samples all of whose labels are right (exact match), for multi-label classification. */
    static LabelAccuracy subsetAccuracy() {
        return new LabelAccuracy(true, 0);
    }

    /** The area under the ROC curve; see {@link RocAuc}. */
    static RocAuc rocAuc() {
        return new RocAuc(false);
    }

    /** The area under the precision-recall curve, PR-AUC; see {@link AveragePrecision}. */
    static AveragePrecision averagePrecision() {
        return new AveragePrecision(false);
    }

    /** F1 of class 1, the positive one of two. */
    static F1Score f1() {
        return f1(1);
    }

    /** F1 of one class; throws {@link IllegalArgumentException} if it is negative. */
    static F1Score f1(int ofClass) {
        return new F1Score(F1Score.Average.NONE, ofClass, 0);
    }

    /** The mean of F1 over classes or labels, each counting the same. */
    static F1Score macroF1() {
        return new F1Score(F1Score.Average.MACRO, 0, 0);
    }

    /** The mean of F1 over classes or labels, weighted by their samples. */
    static F1Score weightedF1() {
        return new F1Score(F1Score.Average.WEIGHTED, 0, 0);
    }

    /** F1 of all classes or labels taken together. */
    static F1Score microF1() {
        return new F1Score(F1Score.Average.MICRO, 0, 0);
    }

    /** The mean of −log of the probability of what is true; see {@link LogLoss}. */
    static LogLoss logLoss() {
        return new LogLoss(false);
    }

    /** The expected calibration error in 15 bins; see {@link CalibrationError}. */
    static CalibrationError calibrationError() {
        return new CalibrationError(15, false);
    }

    /** The coefficient of determination R² of a regression. */
    static RSquared rSquared() {
        return new RSquared();
    }

    /** The mean squared error of a regression. */
    static MeanLoss meanSquaredError() {
        return new MeanLoss("squared error", Loss.meanSquaredError());
    }

    /** The mean absolute error of a regression. */
    static MeanLoss meanAbsoluteError() {
        return new MeanLoss("MAE", Loss.meanAbsoluteError());
    }

    /** The root of the mean squared error of a regression. */
    static RootMeanSquaredError rootMeanSquaredError() {
        return new RootMeanSquaredError();
    }

    /** The mean of a loss over samples, under the name {@code loss}. */
    static MeanLoss loss(Loss loss) {
        return new MeanLoss("loss", loss);
    }

    /**
     * The metric that fits a loss and the outputs it is computed of: accuracy for classes and for a single yes-or-no
     * output, {@linkplain #labelAccuracy label accuracy} for several, the loss itself for values.
     *
     * @param output the outputs of some samples, [batch, …]
     */
    static Metric fitting(Loss loss, Tensor output) {
        return switch (loss.task()) {
            case REGRESSION -> loss(loss);
            case CLASSIFICATION -> accuracy();
            case LABELS -> Classes.isBinary(output) ? accuracy() : labelAccuracy();
        };
    }

    /** A word for reports. */
    String name();

    /** Whether larger is better. */
    boolean higherIsBetter();

    /**
     * This metric, told how the outputs of a model are to be read: whether they are logits or probabilities. Scoring a
     * model does this by itself; by hand it is for outputs that are passed to a {@link Tally}.
     */
    default Metric on(Layer model) {
        return this;
    }

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
            tallies[i] = metrics[i].on(model).start();
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
