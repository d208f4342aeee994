package org.espalier.prune.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.FormatTable;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.deploy.LatencyTable;

/**
 * All settings of a {@link Pipeline}, in one place. A pipeline never changes its own: it changes a {@linkplain #copy
 * copy} that is not published yet, and makes another pipeline of it.
 */
final class PipelineSettings implements Cloneable {
    final Layer model;
    List<Stage> stages = List.of();
    List<Measure> measures = List.of();
    List<PipelineListener> listeners = List.of();
    PipelineTests tests = new PipelineTests(List.of(), Optional.empty());
    Optional<Retraining> retraining = Optional.empty();
    Optional<Path> directory = Optional.empty();
    Optional<LatencyTable> costs = Optional.empty();
    Optional<FormatTable> formats = Optional.empty();
    Calibration calibration = Calibration.none();
    int epochs = 1;
    long seed;

    PipelineSettings(Layer model) {
        this.model = model;
    }

    PipelineSettings copy() {
        try {
            return (PipelineSettings) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** A list with one more element at its end. */
    static <T> List<T> append(List<T> list, T element) {
        var longer = new ArrayList<>(list);
        longer.add(element);
        return List.copyOf(longer);
    }
}
