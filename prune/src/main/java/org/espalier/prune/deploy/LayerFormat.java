package org.espalier.prune.deploy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espalier.nn.step.Format;

/**
 * One layer's measurements.
 *
 * @param layer its path, such as {@code fc1}
 * @param in inputs
 * @param out neurons
 * @param kept weights that are not zero
 * @param chosen the format chosen
 * @param micros by format, the microseconds for each of the table's batches; formats that cannot win were not measured
 */
public record LayerFormat(String layer, int in, int out, int kept, Format chosen, Map<Format, List<Double>> micros) {
    /** Takes a copy of the times, in the order of the formats. */
    public LayerFormat {
        var copy = new EnumMap<Format, List<Double>>(Format.class);
        micros.forEach((format, times) -> copy.put(format, List.copyOf(times)));
        micros = Collections.unmodifiableMap(copy);
    }

    /** kept / (in · out); 1 for a layer without weights. */
    public double density() {
        return in == 0 || out == 0 ? 1 : (double) kept / ((double) in * out);
    }

    /** How many times faster the chosen format is than dense weights, for the table's batch of this number. */
    public double speedup(int batch) {
        return micros.get(Format.DENSE).get(batch) / micros.get(chosen).get(batch);
    }
}
