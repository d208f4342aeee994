package org.espalier.examples.tool;

import java.util.Optional;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.metrics.Metric;

/**
 * How good a model is before and after it was changed.
 *
 * @param metric what is measured
 * @param before of the model as it was
 * @param after of the changed one
 */
record ScoreChange(Metric metric, double before, double after) {
    /** Scores both models by the metric of the data. */
    static ScoreChange of(Layer before, Layer after, Data rows) {
        var metric = rows.metric();
        return new ScoreChange(metric, metric.of(before, rows.rows()), metric.of(after, rows.rows()));
    }

    /** Says it, as a line or in the JSON of the result, and fails the check if more than the tolerance is lost. */
    void report(Output output, Json.Obj json, Optional<Double> tolerance) {
        output.say("result    %s %s → %s", metric.name(), metric.format(before), metric.format(after));
        output.result(() -> json.with("measure", metric.name()).with("before", ModelScores.number(before))
                .with("after", ModelScores.number(after)));
        if (tolerance.isPresent() && !(before - after <= tolerance.get())) {
            throw new CheckFailedException(metric.name() + " drops from " + metric.format(before) + " to "
                    + metric.format(after) + ", more than the tolerance of " + tolerance.get());
        }
    }
}
