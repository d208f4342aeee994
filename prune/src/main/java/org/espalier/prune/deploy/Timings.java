package org.espalier.prune.deploy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.espalier.nn.step.Format;

/**
 * What the formats of one layer take for one batch.
 *
 * @param settled whether all that was measured was compiled code; what was not must decide nothing
 * @param formats the times by format
 */
record Timings(boolean settled, Map<Format, Timing> formats) {
    Timings {
        formats = Collections.unmodifiableMap(new EnumMap<>(formats));
    }

    /** The fastest format, a sparse one only if it takes less than a share of the time of dense weights. */
    Format fastest(double share) {
        var chosen = Format.DENSE;
        if (settled) {
            for (var timing : formats.entrySet()) {
                boolean pays = timing.getValue().beats(formats.get(Format.DENSE), share);
                if (pays && timing.getValue().micros() < formats.get(chosen).micros()) {
                    chosen = timing.getKey();
                }
            }
        }
        return chosen;
    }
}
