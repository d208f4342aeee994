package org.espalier.examples.tool;

import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.table.Target;
import org.espalier.tensor.Storage;

/**
 * How good a model is on rows it has not learned from.
 *
 * @param metric what is measured
 * @param validation on the rows that choices are made by
 * @param test on the rows that are looked at once, if there are some
 */
record ModelScores(Metric metric, double validation, Optional<Double> test) {
    /** Above this fraction of what a model was better than guessing by, it has not collapsed. */
    private static final double LEFT = 0.1;

    /** Less than this above guessing is nothing to lose. */
    private static final double WORTH = 0.02;

    /** ModelScores a model. */
    static ModelScores of(Layer model, Data validation) {
        var metric = validation.metric();
        return new ModelScores(metric, metric.of(model, validation.rows()),
                validation.test().map(rows -> metric.of(model, rows)));
    }

    /** In words, such as {@code accuracy 97.30 % (test 97.12 %)}. */
    @Override
    public String toString() {
        return metric.name() + " " + metric.format(validation)
                + test.map(score -> " (test " + metric.format(score) + ")").orElse("");
    }

    /** As JSON. */
    Json.Obj toJson() {
        var json = Json.object().with("validation", number(validation));
        return test.isPresent() ? json.with("test", number(test.get())) : json;
    }

    /** A number, or null where it is none. */
    static Json number(double value) {
        return Double.isFinite(value) ? new Json.Real(value) : new Json.Null();
    }

    /** What a model scores that gives the same answer for every row; empty if that says nothing. */
    static Optional<Double> ofGuessing(Data data) {
        if (data.target() instanceof Target.Regression) {
            return Optional.of(0.0);
        }
        return data.target() instanceof Target.MultiLabel
                ? Optional.empty()
                : Optional.of(largestClass(data.rows()));
    }

    private static double largestClass(Dataset rows) {
        float[] classes = Storage.array(rows.all().targets());
        var counts = new int[largest(classes) + 1];
        IntStream.range(0, classes.length).forEach(i -> counts[(int) classes[i]]++);
        return (double) IntStream.of(counts).max().orElse(0) / Math.max(1, classes.length);
    }

    private static int largest(float[] classes) {
        int largest = 0;
        for (float one : classes) {
            largest = Math.max(largest, (int) one);
        }
        return largest;
    }

    /** Whether a score fell from something to no better than guessing. */
    static boolean collapsed(double guess, double before, double after) {
        return before - guess > WORTH && !(after - guess > LEFT * (before - guess));
    }
}
