package org.espalier.prune.deploy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One layer's measurements.
 *
 * @param layer its path, such as {@code fc1}
 * @param in inputs
 * @param out neurons
 * @param kept weights that are not zero
 * @param chosen the format chosen
 * @param micros microseconds for the batch, by format; formats that cannot win were not measured
 */
public record LayerFormat(String layer, int in, int out, int kept, Format chosen, Map<Format, Double> micros) {
    /** Takes a copy of the times, in the order of the formats. */
    public LayerFormat {
        var copy = new EnumMap<Format, Double>(Format.class);
        copy.putAll(micros);
        micros = Collections.unmodifiableMap(copy);
    }

    /** kept / (in · out); 1 for a layer without weights. */
    public double density() {
        return in == 0 || out == 0 ? 1 : (double) kept / ((double) in * out);
    }

    /** How many times faster the chosen format is than dense weights. */
    public double speedup() {
        return micros.get(Format.DENSE) / micros.get(chosen);
    }
}
