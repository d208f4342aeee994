package org.espalier.prune.deploy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;

/**
 * What {@link Deploy} measured and chose. Kept with a model, it makes the choice reproducible.
 *
 * @param machine the kernels and processors it was measured with
 * @param batch rows in the batches measured
 * @param layers the linear layers, in the order of the model
 */
public record FormatTable(String machine, int batch, List<LayerFormat> layers) {
    /** Takes a copy of the layers. */
    public FormatTable {
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
                micros = micros.with(time.getKey().name(), time.getValue());
            }
            lines.add(Json.object()
                    .with("layer", line.layer())
                    .with("in", line.in())
                    .with("out", line.out())
                    .with("kept", line.kept())
                    .with("chosen", line.chosen().name())
                    .with("micros", micros));
        }
        return Json.object().with("machine", machine).with("batch", batch).with("layers", Json.array(lines));
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws FormatException if something is missing or of another kind
     */
    public static FormatTable of(Json.Obj json) throws FormatException {
        var layers = new ArrayList<LayerFormat>();
        for (var item : json.items("layers")) {
            if (!(item instanceof Json.Obj line)) {
                throw new FormatException("format table", "a layer is no object");
            }
            var times = line.object("micros");
            var micros = new EnumMap<Format, Double>(Format.class);
            for (var format : Format.values()) {
                if (times.has(format.name())) {
                    micros.put(format, times.number(format.name()));
                }
            }
            var chosen = format(line.string("chosen"));
            if (!micros.containsKey(chosen) || !micros.containsKey(Format.DENSE)) {
                throw new FormatException("format table", "no time for dense weights or for the format chosen");
            }
            layers.add(new LayerFormat(line.string("layer"), count(line, "in"), count(line, "out"),
                    count(line, "kept"), chosen, micros));
        }
        return new FormatTable(json.string("machine"), count(json, "batch"), layers);
    }

    private static Format format(String name) throws FormatException {
        for (var format : Format.values()) {
            if (format.name().equals(name)) {
                return format;
            }
        }
        throw new FormatException("format table", "no format is called " + name);
    }

    private static int count(Json.Obj json, String name) throws FormatException {
        long value = json.integer(name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new FormatException("format table", name + " is " + value);
        }
        return (int) value;
    }

    /** One line per layer: shape, density, time with dense weights, format chosen, its time, how many times faster. */
    @Override
    public String toString() {
        var text = new StringBuilder("batch " + batch + " on " + machine + "\n");
        for (var line : layers) {
            text.append(String.format(
                    Locale.ROOT, "%-12s %5d → %-5d %5.1f %%  dense %9.2f µs  %-9s %9.2f µs  %5.1f ×\n", line.layer(),
                    line.in(), line.out(), 100 * line.density(), line.micros().get(Format.DENSE), line.chosen(),
                    line.micros().get(line.chosen()), line.speedup()));
        }
        return text.toString();
    }
}
