package org.espalier.prune.deploy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.step.Format;

/**
 * What {@link Deploy} measured and chose. Kept with a model, it makes the choice reproducible.
 *
 * @param machine the processor and the kernels it was measured with
 * @param settled whether the kernels were compiled when it was measured; if not, measure again
 * @param batches rows in the batches measured
 * @param layers the linear layers, in the order of the model
 */
public record FormatTable(String machine, boolean settled, List<Integer> batches, List<LayerFormat> layers) {
    /** Takes copies of the lists. */
    public FormatTable {
        batches = List.copyOf(batches);
        layers = List.copyOf(layers);
    }

    /** The line of a layer. */
    public Optional<LayerFormat> layer(String name) {
        return layers.stream().filter(line -> line.layer().equals(name)).findFirst();
    }

    /** The table as JSON. */
    public Json.Obj toJson() {
        var lines = new ArrayList<Json>();
        for (var line : layers) {
            var micros = Json.object();
            for (var time : line.micros().entrySet()) {
                micros = micros.with(
                        time.getKey().name(), Json.array(time.getValue().stream().map(Json.Real::new).toList()));
            }
            lines.add(Json.object()
                    .with("layer", line.layer())
                    .with("in", line.in())
                    .with("out", line.out())
                    .with("kept", line.kept())
                    .with("chosen", line.chosen().name())
                    .with("micros", micros));
        }
        return Json.object()
                .with("machine", machine)
                .with("settled", settled)
                .with("batches", Json.array(batches.stream().map(Json.Int::new).toList()))
                .with("layers", Json.array(lines));
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws FormatException if something is missing or of another kind
     */
    public static FormatTable of(Json.Obj json) throws FormatException {
        var batches = new ArrayList<Integer>();
        for (var item : json.items("batches")) {
            if (!(item instanceof Json.Int(long rows)) || rows < 1 || rows > Integer.MAX_VALUE) {
                throw new FormatException("format table", "a batch is no number of rows");
            }
            batches.add((int) rows);
        }
        var layers = new ArrayList<LayerFormat>();
        for (var item : json.items("layers")) {
            if (!(item instanceof Json.Obj line)) {
                throw new FormatException("format table", "a layer is no object");
            }
            var times = line.object("micros");
            var micros = new EnumMap<Format, List<Double>>(Format.class);
            for (var format : Format.values()) {
                if (times.has(format.name())) {
                    micros.put(format, times(times.items(format.name()), batches.size()));
                }
            }
            var chosen = format(line.string("chosen"));
            if (!micros.containsKey(chosen) || !micros.containsKey(Format.DENSE)) {
                throw new FormatException("format table", "no time for dense weights or for the format chosen");
            }
            layers.add(new LayerFormat(line.string("layer"), count(line, "in"), count(line, "out"),
                    count(line, "kept"), chosen, micros));
        }
        return new FormatTable(json.string("machine"), json.bool("settled"), batches, layers);
    }

    private static Format format(String name) throws FormatException {
        for (var format : Format.values()) {
            if (format.name().equals(name)) {
                return format;
            }
        }
        throw new FormatException("format table", "no format is called " + name);
    }

    private static List<Double> times(List<Json> items, int batches) throws FormatException {
        var times = new ArrayList<Double>();
        for (var item : items) {
            if (!(item instanceof Json.Num time)) {
                throw new FormatException("format table", "a time is no number");
            }
            times.add(time.asDouble());
        }
        if (times.size() != batches) {
            throw new FormatException("format table", times.size() + " times for " + batches + " batches");
        }
        return times;
    }

    private static int count(Json.Obj json, String name) throws FormatException {
        long value = json.integer(name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new FormatException("format table", name + " is " + value);
        }
        return (int) value;
    }

    /** A line per batch and layer: shape, density, time with dense weights, format chosen, its time, the gain. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < batches.size(); i++) {
            text.append("batch ").append(batches.get(i)).append(" on ").append(machine);
            text.append(settled ? "\n" : ", before its kernels were compiled\n");
            for (var line : layers) {
                text.append(String.format(
                        Locale.ROOT, "%-12s %5d → %-5d %5.1f %%  dense %9.2f µs  %-9s %9.2f µs  %5.1f ×\n",
                        line.layer(), line.in(), line.out(), 100 * line.density(),
                        line.micros().get(Format.DENSE).get(i), line.chosen(),
                        line.micros().get(line.chosen()).get(i), line.speedup(i)));
            }
        }
        return text.toString();
    }
}
