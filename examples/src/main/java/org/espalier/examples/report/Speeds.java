package org.espalier.examples.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.step.Format;
import org.espalier.prune.deploy.Deploy;
import org.espalier.prune.deploy.ModelLatency;
import org.espalier.prune.graph.Shrink;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Measures models and layers on this machine. */
final class Speeds {
    private static final int[] BATCHES = {1, 128};
    private static final double[] SPARSITIES = {0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99};
    private static final int CALIBRATION = 256;

    private Speeds() {}

    static RunRecord.Speed measure(Layer dense, Layer pruned, Optional<Dataset> samples) {
        var small = Shrink.of(pruned).model();
        var rows = samples.filter(some -> some.size() > 0)
                .map(some -> some.range(0, Math.min(CALIBRATION, some.size())).inputs());
        var formats = rows.map(inputs -> Deploy.measure(small, inputs, BATCHES))
                .orElseGet(() -> Deploy.measure(small, BATCHES));
        return new RunRecord.Speed(latency(dense), latency(pruned), formats.table(), breakEven(dense));
    }

    private static List<ModelLatency> latency(Layer model) {
        return Arrays.stream(BATCHES).mapToObj(batch -> ModelLatency.measure(model, batch)).toList();
    }

    /** The largest layer, its weights set to zero at random, for a single row. */
    private static List<RunRecord.BreakEven> breakEven(Layer model) {
        var largest = Matrices.of(model).stream()
                .max(Comparator.comparingInt(matrix -> matrix.values().length));
        var lines = new ArrayList<RunRecord.BreakEven>();
        largest.ifPresent(matrix -> {
            for (double sparsity : SPARSITIES) {
                lines.add(line(matrix.inputs(), matrix.neurons(), sparsity));
            }
        });
        return List.copyOf(lines);
    }

    private static RunRecord.BreakEven line(int inputs, int neurons, double sparsity) {
        float[] values = Rng.of(1).normal(Shape.of(neurons, inputs), 1).toArray();
        int[] order = Rng.of(2).permutation(values.length);
        for (int i = 0; i < (int) Math.rint(sparsity * values.length); i++) {
            values[order[i]] = 0;
        }
        var layer = Sequential.of(Linear.of(Tensor.of(Shape.of(neurons, inputs), values)));
        var micros = new LinkedHashMap<Format, Double>();
        Deploy.measure(layer, 1).table().layers().getFirst().micros()
                .forEach((format, times) -> micros.put(format, times.getFirst()));
        return new RunRecord.BreakEven(inputs, neurons, sparsity, micros);
    }
}
