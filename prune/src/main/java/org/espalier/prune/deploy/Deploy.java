package org.espalier.prune.deploy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.LinearFormat;
import org.espalier.nn.step.Step;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Compiles a pruned model for inference, each linear layer in the format that is fastest here.
 *
 * <p>Idea: time every candidate on the layer's own weights for the batches asked, a few milliseconds each, and take the
 * one with the least mean of times relative to dense weights, but a sparse one only if it beats them clearly and is
 * slower for none of the batches. So the result is never slower than dense but for the error of the measurement.
 * LIBXSMM times candidates in the same way when it prepares a sparse operator. The outputs are those of the masked
 * model whatever is chosen.
 *
 * @param model the compiled model
 * @param table what was measured; give it to {@link #of(Layer, FormatTable)} to get the same formats again
 */
public record Deploy(InferenceModel model, FormatTable table) {
    /** The key of a model file's metadata under which the table stands, as JSON. */
    public static final String FORMATS = "formats";

    /** A sparse format must take less than this share of the time of dense weights. */
    private static final double CLEARLY = 0.95;

    /** Rows that small batches go through in turn. */
    private static final int LEAST_ROWS = 64;

    /**
     * Measures and compiles. The kernels must be compiled first, so a first call in a JVM may take seconds.
     *
     * @param model layers as {@link InferenceModel} takes them; pruned weights are zero
     * @param samples inputs as the model will get them, [n, …]; dense weights are the faster the more zeros they meet
     * @param batches rows per call that it should be fast for, one number or several
     * @throws IllegalArgumentException if a batch is not positive, there is none, or the model has a layer that is not
     *                                  supported
     * @throws ShapeException if there is no sample, or one has another length than the model's inputs
     */
    public static Deploy measure(Layer model, Tensor samples, int... batches) {
        return measure(model, Optional.of(samples), Stopwatch.real(), batches);
    }

    /** The same with normally distributed inputs, of which none is zero. */
    public static Deploy measure(Layer model, int... batches) {
        return measure(model, Optional.empty(), Stopwatch.real(), batches);
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
        int rows = Math.max(LEAST_ROWS, Arrays.stream(batches).max().orElseThrow());
        var inputs = LayerInputs.of(model, samples, rows);
        List<LayerFormat> lines = new ArrayList<>();
        var compiled = InferenceModel.of(model, weights -> {
            int kept = kept(weights);
            Map<Format, Step> steps = candidates(weights, kept, batches);
            var micros = micros(steps, stopwatch, inputs.of(weights.name()), batches);
            var chosen = choose(micros);
            lines.add(new LayerFormat(weights.name(), weights.in(), weights.out(), kept, chosen, micros));
            return steps.get(chosen);
        });
        return new Deploy(compiled, new FormatTable(
                Stopwatch.machine(), Stopwatch.settled(), Arrays.stream(batches).boxed().toList(), lines));
    }

    /** Compiles as a table says, measuring nothing; layers it does not name, or names in another size, are dense. */
    public static InferenceModel of(Layer model, FormatTable table) {
        return InferenceModel.of(model, weights -> table.layer(weights.name())
                .filter(line -> fits(line, weights))
                .map(LayerFormat::chosen)
                .orElse(Format.DENSE)
                .step(weights));
    }

    /**
     * Compiles the model of a file as the table in its metadata says; a file without one is compiled as
     * {@link InferenceModel#of(ModelFile)} does.
     *
     * @throws FormatException if the table is damaged
     * @throws IllegalArgumentException if the model has a layer that is not supported
     */
    public static InferenceModel of(ModelFile file) throws FormatException {
        var text = file.metadata().get(FORMATS);
        if (text == null) {
            return InferenceModel.of(file);
        }
        if (!(Json.parse(text) instanceof Json.Obj json)) {
            throw new FormatException(FORMATS, "the table is not a JSON object");
        }
        return of(file.model(), FormatTable.of(json));
    }

    /**
     * The lines of a table for layers that a model has in the same size.
     *
     * @throws IllegalArgumentException if the model has a layer that is not supported
     */
    public static FormatTable fitting(Layer model, FormatTable table) {
        var lines = new ArrayList<LayerFormat>();
        InferenceModel.of(model, weights -> {
            table.layer(weights.name()).filter(line -> fits(line, weights)).ifPresent(lines::add);
            return LinearFormat.dense().step(weights);
        });
        return new FormatTable(table.machine(), table.settled(), table.batches(), lines);
    }

    /** The processor, its cores, the kernels and the Java version: what times depend on. */
    public static String machine() {
        return Stopwatch.machine();
    }

    private static boolean fits(LayerFormat line, LinearFormat.Weights weights) {
        return line.in() == weights.in() && line.out() == weights.out();
    }

    private static Map<Format, List<Double>> micros(
            Map<Format, Step> steps, Stopwatch stopwatch, float[] x, int... batches) {
        var micros = new EnumMap<Format, List<Double>>(Format.class);
        for (int batch : batches) {
            stopwatch.micros(steps, batch, x)
                    .forEach((format, time) -> micros.computeIfAbsent(format, key -> new ArrayList<>()).add(time));
        }
        return micros;
    }

    private static Map<Format, Step> candidates(LinearFormat.Weights weights, int kept, int... batches) {
        var steps = new EnumMap<Format, Step>(Format.class);
        double density = (double) kept / Math.max(1, weights.weight().size());
        for (var format : Format.values()) {
            if (Arrays.stream(batches).allMatch(batch -> format.canWin(density, batch))) {
                steps.put(format, format.step(weights));
            }
        }
        return steps;
    }

    private static Format choose(Map<Format, List<Double>> micros) {
        var dense = micros.get(Format.DENSE);
        var chosen = Format.DENSE;
        double least = CLEARLY;
        for (var times : micros.entrySet()) {
            double sum = 0;
            boolean slower = false;
            for (int i = 0; i < dense.size(); i++) {
                double share = times.getValue().get(i) / dense.get(i);
                sum += share;
                slower |= share > 1;
            }
            if (!slower && sum / dense.size() < least) {
                least = sum / dense.size();
                chosen = times.getKey();
            }
        }
        return chosen;
    }

    private static int kept(LinearFormat.Weights weights) {
        int kept = 0;
        for (float weight : Storage.array(weights.weight())) {
            kept += weight != 0 ? 1 : 0;
        }
        return kept;
    }
}
