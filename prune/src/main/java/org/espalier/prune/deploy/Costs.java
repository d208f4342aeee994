package org.espalier.prune.deploy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.LinearFormat;
import org.espalier.nn.step.Step;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * Measures the latency that the linear layers of a model would have here if they were smaller or sparser: dense weights
 * of 25 sizes, and the fastest sparse form at six densities of weights in random places. All is measured twice and
 * the second time counts, so it takes seconds for each layer, most of them for compiling the kernels.
 */
public final class Costs {
    private static final double[] SHARES = {0.125, 0.25, 0.5, 0.75, 1};
    private static final double[] DENSITIES = {0.01, 0.02, 0.05, 0.1, 0.2, 0.4};

    private static final int ROUNDS = 2;

    /** How long the measurements wait for the JVM's compilers in all. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private Costs() {}

    /**
     * Measures.
     *
     * @param model layers as {@link InferenceModel} takes them; its masks do not matter
     * @param batch rows in a call
     * @throws IllegalArgumentException if the batch is not positive or the model has a layer that is not supported
     */
    public static LatencyTable measure(Layer model, int batch) {
        return measure(model, batch, new RealStopwatch(PATIENCE));
    }

    static LatencyTable measure(Layer model, int batch, Stopwatch stopwatch) {
        if (batch < 1) {
            throw new IllegalArgumentException("costs: a batch of " + batch + " rows cannot be measured");
        }
        var weights = new ArrayList<LinearFormat.Weights>();
        InferenceModel.of(model, layer -> {
            weights.add(layer);
            return LinearFormat.dense().step(layer);
        });
        List<LayerLatency> layers = List.of();
        // What the first round measures before all is compiled, the last one measures again.
        for (int round = 0; round < ROUNDS; round++) {
            layers = weights.stream().map(layer -> times(layer, batch, stopwatch)).toList();
        }
        return new LatencyTable(Stopwatch.machine(), batch, layers);
    }

    private static LayerLatency times(LinearFormat.Weights layer, int batch, Stopwatch stopwatch) {
        var rows = numbers(layer.out());
        var columns = numbers(layer.in());
        var dense = rows.stream()
                .map(out -> columns.stream()
                        .map(in -> least(stopwatch, List.of(Format.DENSE), random(layer, out, in, 1), batch))
                        .toList())
                .toList();
        var kept = new ArrayList<Integer>();
        var sparse = new ArrayList<Double>();
        for (double density : DENSITIES) {
            var weights = random(layer, layer.out(), layer.in(), density);
            int count = weights.kept();
            if (count > (kept.isEmpty() ? 0 : kept.getLast())) {
                var formats = java.util.Arrays.stream(Format.values())
                        .filter(format -> format.canWin(weights, batch))
                        .toList();
                kept.add(count);
                sparse.add(least(stopwatch, formats, weights, batch));
            }
        }
        return new LayerLatency(layer.name(), rows, columns, dense, kept, sparse);
    }

    private static List<Integer> numbers(int all) {
        return java.util.Arrays.stream(SHARES)
                .mapToObj(share -> Math.max(1, (int) Math.rint(share * all)))
                .distinct()
                .toList();
    }

    private static double least(
            Stopwatch stopwatch, List<Format> formats, LinearFormat.Weights weights, int batch) {
        Map<Format, Step> steps = new EnumMap<>(Format.class);
        formats.forEach(format -> steps.put(format, format.step(weights)));
        float[] x = Rng.of(0).normal(Shape.of(batch, weights.in()), 1).toArray();
        return stopwatch.time(steps, batch, x).formats().values().stream()
                .mapToDouble(Timing::micros)
                .min()
                .orElseThrow();
    }

    private static LinearFormat.Weights random(LinearFormat.Weights layer, int out, int in, double density) {
        var rng = Rng.of(out).split(in);
        float[] values = rng.normal(Shape.of(out, in), 1).toArray();
        IntStream.range(0, values.length)
                .filter(i -> rng.nextFloat() >= density)
                .forEach(i -> values[i] = 0);
        return new LinearFormat.Weights(
                layer.name(), Tensor.of(Shape.of(out, in), values), Tensor.zeros(Shape.of(out)), Optional.empty());
    }
}
