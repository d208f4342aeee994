package org.espalier.prune.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.metrics.ConfusionMatrix;
import org.espalier.nn.metrics.Measure;
import org.espalier.tensor.NoGrad;

/** What a pipeline asks test data for, once. */
final class PipelineTests {
    private final List<Measure> measures = new ArrayList<>();
    private Optional<Classes> classes = Optional.empty();

    private record Classes(int count, Dataset samples) {}

    void add(Measure measure) {
        measures.add(measure);
    }

    void classes(int count, Dataset samples) {
        classes = Optional.of(new Classes(count, samples));
    }

    boolean isEmpty() {
        return measures.isEmpty() && classes.isEmpty();
    }

    TestReport run(Layer before, Layer after) {
        return NoGrad.call(() -> {
            var changes = new LinkedHashMap<String, TestReport.Change>();
            measures.forEach(measure -> changes.put(
                    measure.name(),
                    new TestReport.Change(
                            measure.of().applyAsDouble(before), measure.of().applyAsDouble(after))));
            return new TestReport(
                    changes,
                    classes.map(test -> TestReport.classes(
                            ConfusionMatrix.of(test.count, before, test.samples),
                            ConfusionMatrix.of(test.count, after, test.samples)))
                            .orElse(List.of()));
        });
    }
}
