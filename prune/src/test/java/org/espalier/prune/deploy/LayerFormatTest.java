package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.espalier.nn.step.Format;
import org.junit.jupiter.api.Test;

class LayerFormatTest {

    @Test
    void theTimesAreCopied() {
        var micros = new EnumMap<Format, List<Double>>(
                Map.of(Format.DENSE, List.of(10.0, 30.0), Format.CSR, List.of(4.0, 10.0)));
        var line = new LayerFormat("fc1", 20, 5, 25, Format.CSR, micros);
        micros.clear();

        assertEquals(2.5, line.speedup(0));
        assertEquals(3, line.speedup(1));
        assertEquals(0.25, line.density());
        assertEquals(1, new LayerFormat("fc2", 0, 5, 0, Format.DENSE, Map.of()).density());
    }
}
