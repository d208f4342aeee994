package org.espalier.nn.infer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RecordJson;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.LinearFormat;
import org.espalier.nn.step.Step;

/**
 * Which format each linear layer of a model is fastest in, as {@code Deploy} of the pruner measured it on some machine.
 * In the metadata of a model file, under {@value InferenceModel#FORMATS}, it tells {@link InferenceModel} how to hold
 * the weights.
 *
 * @param machine the processor and the kernels it was measured with
 * @param settled whether only compiled code was measured; if not, layers may be dense for that reason: measure again
 * @param batches rows in the batches measured
 * @param layers the linear layers, in the order of the model
 */
public record FormatTable(String machine, boolean settled, List<Integer> batches, List<LayerFormat> layers) {
    /**
     * Takes copies of the lists.
     *
     * @throws IllegalArgumentException if there is no batch, one is not positive or there twice, or a layer has not one
     *     format for each
     */
    public FormatTable {
        batches = List.copyOf(batches);
        layers = List.copyOf(layers);
        if (batches.isEmpty() || new HashSet<>(batches).size() < batches.size()) {
            throw new IllegalArgumentException("batches must be given, each once, not " + batches);
        }
        for (int batch : batches) {
            if (batch < 1) {
                throw new IllegalArgumentException("a batch of " + batch + " rows");
            }
        }
        for (var line : layers) {
            if (line.chosen().size() != batches.size()) {
                throw new IllegalArgumentException("layer " + line.layer() + ": " + line.chosen().size()
                        + " formats for " + batches.size() + " batches");
            }
        }
    }

    /** The line of a layer. */
    public Optional<LayerFormat> layer(String name) {
        for (var line : layers) {
            if (line.layer().equals(name)) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    /** The line of the layer with these weights; empty if there is none, or one of another size. */
    public Optional<LayerFormat> layer(LinearFormat.Weights weights) {
        var line = layer(weights.name());
        return line.isPresent() && line.get().in() == weights.in() && line.get().out() == weights.out()
                ? line
                : Optional.empty();
    }

    /**
     * The formats of the table for layers that it names in the same size.
     *
     * @param others the format of all other layers
     */
    public LinearFormat orElse(LinearFormat others) {
        return new LinearFormat() {
            @Override
            public Step step(Weights weights) {
                var line = layer(weights);
                return line.isPresent()
                        ? LinearFormat.byBatch(batches, line.get().chosen()).step(weights)
                        : others.step(weights);
            }
        };
    }

    /** The table as JSON. */
    public Json.Obj toJson() {
        return RecordJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote. Tables of older files have one format for all batches of a layer.
     *
     * @throws FormatException if something is missing or of another kind
     */
    public static FormatTable of(Json.Obj json) throws FormatException {
        var lines = new ArrayList<Json>();
        int batches = json.items("batches").size();
        for (var item : json.items("layers")) {
            if (item instanceof Json.Obj line && line.has("chosen") && line.get("chosen") instanceof Json.Str one) {
                var each = new ArrayList<Json>();
                for (int i = 0; i < batches; i++) {
                    each.add(one);
                }
                lines.add(line.with("chosen", Json.array(each)));
            } else {
                lines.add(item);
            }
        }
        return RecordJson.read(FormatTable.class, json.with("layers", Json.array(lines)), "format table");
    }

    /**
     * A line for each batch and layer: shape, density, time with dense weights, format chosen, its time, the gain; and
     * what must be known of a table that was not settled.
     */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < batches.size(); i++) {
            text.append("batch ").append(batches.get(i)).append(" on ").append(machine).append('\n');
            for (var line : layers) {
                var chosen = line.chosen().get(i);
                text.append(String.format(
                        Locale.ROOT, "%-12s %5d → %-5d %5.1f %%  dense %9.2f µs  %-9s %9.2f µs  %5.1f ×\n",
                        line.layer(), line.in(), line.out(), 100 * line.density(), line.micros(Format.DENSE, i),
                        chosen, line.micros(chosen, i), line.speedup(i)));
            }
        }
        if (!settled) {
            text.append("Not all kernels were compiled in time; layers that waited for them are dense:"
                    + " measure again in a process that has computed for a while.\n");
        }
        return text.toString();
    }
}
