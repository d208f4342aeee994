package org.espalier.prune.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.metrics.ConfusionMatrix;
import org.espalier.nn.metrics.Measure;
import org.espalier.tensor.NoGrad;

/** What a pipeline measures on test data, once, at the end. */
record PipelineTests(List<Measure> measures, Optional<Classes> classes) {
    /** The number of classes, and samples to find the accuracy within each. */
    record Classes(int count, Dataset samples) {}

    boolean isEmpty() {
        return measures.isEmpty() && classes.isEmpty();
    }

    TestReport run(Layer before, Layer after) {
        return NoGrad.call(() -> {
            var changes = new LinkedHashMap<String, TestReport.Change>();
            measures.forEach(measure -> changes.put(
                    measure.name(),
                    new TestReport.Change(
                            measure.of(before), measure.of(after))));
            return new TestReport(
                    changes,
                    classes.map(test -> TestReport.classes(
                            ConfusionMatrix.of(test.count, before, test.samples),
                            ConfusionMatrix.of(test.count, after, test.samples)))
                            .orElse(List.of()));
        });
    }
}
