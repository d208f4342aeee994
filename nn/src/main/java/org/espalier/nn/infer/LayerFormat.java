package org.espalier.nn.infer;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espalier.nn.step.Format;

/**
 * What was measured of one layer, and the formats chosen.
 *
 * @param layer its path, such as {@code fc1}
 * @param in inputs
 * @param out neurons
 * @param kept weights that are not zero
 * @param chosen for each of the table's batches the format of the weights
 * @param micros by format, the microseconds for each of the table's batches; NaN where a format was not measured
 *     because it cannot win
 */
public record LayerFormat(
        String layer, int in, int out, int kept, List<Format> chosen, Map<Format, List<Double>> micros) {
    /**
     * Takes copies, the times in the order of the formats.
     *
     * @throws IllegalArgumentException if a number is negative, no format is chosen, or times are missing
     */
    public LayerFormat {
        if (in < 0 || out < 0 || kept < 0) {
            throw new IllegalArgumentException("layer " + layer + ": a size is negative");
        }
        chosen = List.copyOf(chosen);
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("layer " + layer + ": no format is chosen");
        }
        var copy = new EnumMap<Format, List<Double>>(Format.class);
        for (var times : micros.entrySet()) {
            if (times.getValue().size() != chosen.size()) {
                throw new IllegalArgumentException("layer " + layer + ": " + times.getValue().size() + " times of "
                        + times.getKey() + " for " + chosen.size() + " batches");
            }
            copy.put(times.getKey(), List.copyOf(times.getValue()));
        }
        for (var format : chosen) {
            if (!copy.isEmpty() && !copy.containsKey(format)) {
                throw new IllegalArgumentException("layer " + layer + ": no time of the chosen format " + format);
            }
        }
        micros = Collections.unmodifiableMap(copy);
    }

    /** kept / (in · out); 1 for a layer without weights. */
    public double density() {
        return in == 0 || out == 0 ? 1 : (double) kept / ((double) in * out);
    }

    /**
     * The microseconds of a format for the table's batch of this index; NaN if that was not measured.
     *
     * @throws IndexOutOfBoundsException if the table has no such batch
     */
    public double micros(Format format, int batch) {
        var times = micros.get(format);
        return times == null ? Double.NaN : times.get(batch);
    }

    /** How many times faster the chosen format is than dense weights, for the table's batch of this index. */
    public double speedup(int batch) {
        return micros(Format.DENSE, batch) / micros(chosen.get(batch), batch);
    }
}
