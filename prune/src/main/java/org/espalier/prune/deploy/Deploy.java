package org.espalier.prune.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.FormatTable;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.infer.LayerFormat;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.LinearFormat;
import org.espalier.nn.step.Step;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * Compiles a pruned model for inference, each linear layer in the format that is fastest here.
 *
 * <p>Idea: time every candidate on the layer's own weights and inputs, for each of the batches asked, and take for each
 * batch the fastest, a sparse format only where it beats dense weights by more than the measurement is uncertain. So
 * the result is never slower than dense but for the error of the measurement. Only compiled code decides: if the JVM's
 * compilers do not come to an end in time, the layers still waited for are dense, and the table says so. LIBXSMM times
 * candidates in the same way when it prepares a sparse operator. The outputs are those of the masked model whatever is
 * chosen; a layer with different formats for different batches holds its weights in each of them.
 *
 * @param model the compiled model
 * @param table what was measured; give it to {@link #of(Layer, FormatTable)} to get the same formats again
 */
public record Deploy(InferenceModel model, FormatTable table) {
    /** A sparse format must take less than this share of the time of dense weights, with all uncertainty. */
    private static final double CLEARLY = 0.95;

    /** How long all measurements of a model together wait for the JVM's compilers. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

    /** Rows that small batches go through in turn. */
    private static final int LEAST_ROWS = 64;

    /**
     * Measures and compiles. In a young JVM it waits for the compilers, some seconds, 20 at most.
     *
     * @param model layers as {@link InferenceModel} takes them; pruned weights are zero
     * @param samples inputs as the model will get them, [n, …]; dense weights are the faster the more zeros they meet
     * @param batches rows per call that it should be fast for, one number or several
     * @throws IllegalArgumentException if a batch is not positive, there is none, or the model has a layer that is not
     *                                  supported
     * @throws ShapeException if there is no sample, or one has another length than the model's inputs
     */
    public static Deploy measure(Layer model, Tensor samples, int... batches) {
        return measure(model, Optional.of(samples), new RealStopwatch(PATIENCE), batches);
    }

    /** The same with normally distributed inputs, of which none is zero. */
    public static Deploy measure(Layer model, int... batches) {
        return measure(model, Optional.empty(), new RealStopwatch(PATIENCE), batches);
    }

    static Deploy measure(Layer model, Optional<Tensor> samples, Stopwatch stopwatch, int... batches) {
        if (batches.length == 0) {
            throw new IllegalArgumentException("deploy: no batch to be fast for");
        }
        for (int batch : batches) {
            if (batch < 1) {
                throw new IllegalArgumentException("deploy: a batch of " + batch + " rows cannot be measured");
            }
        }
        var rows = Arrays.stream(batches).distinct().boxed().toList();
        var inputs = LayerInputs.of(model, samples, Math.max(LEAST_ROWS, Collections.max(rows)));
        List<LayerFormat> lines = new ArrayList<>();
        List<Boolean> settled = new ArrayList<>();
        Stopwatch noting = (steps, batch, x) -> {
            var timings = stopwatch.time(steps, batch, x);
            settled.add(timings.settled());
            return timings;
        };
        InferenceModel.of(model, weights -> {
            lines.add(measure(weights, noting, inputs.of(weights.name()), rows));
            return Format.DENSE.step(weights);
        });
        var table = new FormatTable(Stopwatch.machine(), settled.stream().allMatch(each -> each), rows, lines);
        return new Deploy(of(model, table), table);
    }

    private static LayerFormat measure(
            LinearFormat.Weights weights, Stopwatch stopwatch, float[] x, List<Integer> batches) {
        var chosen = new ArrayList<Format>();
        var micros = new EnumMap<Format, List<Double>>(Format.class);
        var steps = new EnumMap<Format, Step>(Format.class);
        for (int i = 0; i < batches.size(); i++) {
            int batch = batches.get(i);
            var candidates = new EnumMap<Format, Step>(Format.class);
            for (var format : Format.values()) {
                if (format.canWin(weights, batch)) {
                    candidates.put(format, steps.computeIfAbsent(format, each -> each.step(weights)));
                }
            }
            var timings = stopwatch.time(candidates, batch, x);
            for (var timing : timings.formats().entrySet()) {
                micros.computeIfAbsent(timing.getKey(), key -> new ArrayList<>(nothing(batches.size())))
                        .set(i, timing.getValue().micros());
            }
            chosen.add(timings.fastest(CLEARLY));
        }
        return new LayerFormat(weights.name(), weights.in(), weights.out(), weights.kept(), chosen, micros);
    }

    private static List<Double> nothing(int times) {
        return Collections.nCopies(times, Double.NaN);
    }

    /** Compiles as a table says, measuring nothing; layers it does not name, or names in another size, are dense. */
    public static InferenceModel of(Layer model, FormatTable table) {
        return InferenceModel.of(model, table.orElse(LinearFormat.dense()));
    }

    /**
     * The lines of a table for layers that a model has in the same size.
     *
     * @throws IllegalArgumentException if the model has a layer that is not supported
     */
    public static FormatTable fitting(Layer model, FormatTable table) {
        var lines = new ArrayList<LayerFormat>();
        InferenceModel.of(model, weights -> {
            table.layer(weights).ifPresent(lines::add);
            return LinearFormat.dense().step(weights);
        });
        return new FormatTable(table.machine(), table.settled(), table.batches(), lines);
    }

    /** The processor, its cores, the kernels and the Java version: what times depend on. */
    public static String machine() {
        return Stopwatch.machine();
    }
}
