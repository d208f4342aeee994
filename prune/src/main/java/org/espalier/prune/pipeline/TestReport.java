package org.espalier.prune.pipeline;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.nn.metrics.ConfusionMatrix;

/**
 * The measures on test samples before the first stage and after the last, taken once, when everything is decided.
 *
 * @param measures the test measures by name
 * @param classes the classes, if there is test data with classes
 */
public record TestReport(Map<String, Change> measures, List<ClassChange> classes) {
    /**
     * A measure of both models.
     *
     * @param before of the model before the first stage
     * @param after of the model after the last
     */
    public record Change(double before, double after) {}

    /**
     * The accuracy within a class.
     *
     * @param label the index of the class
     * @param samples how many test samples are of it
     * @param before the fraction that the model before the first stage has right; NaN without samples
     * @param after the fraction that the model after the last stage has right
     */
    public record ClassChange(int label, long samples, double before, double after) {}

    /** Takes its own copies. */
    public TestReport {
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        classes = List.copyOf(classes);
    }

    static List<ClassChange> classes(ConfusionMatrix before, ConfusionMatrix after) {
        return java.util.stream.IntStream.range(0, before.classes())
                .mapToObj(label -> new ClassChange(
                        label, samples(before, label), before.recall(label), after.recall(label)))
                .toList();
    }

    private static long samples(ConfusionMatrix matrix, int label) {
        long samples = 0;
        for (int predicted = 0; predicted < matrix.classes(); predicted++) {
            samples += matrix.count(label, predicted);
        }
        return samples;
    }
}
