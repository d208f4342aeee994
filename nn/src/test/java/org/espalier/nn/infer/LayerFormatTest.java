package org.espalier.nn.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        var line = new LayerFormat("fc1", 20, 5, 25, List.of(Format.CSR, Format.DENSE), micros);
        micros.clear();

        assertEquals(2.5, line.speedup(0));
        assertEquals(1, line.speedup(1));
        assertEquals(10, line.micros(Format.CSR, 1));
        assertTrue(Double.isNaN(line.micros(Format.SELL, 1)));
        assertEquals(0.25, line.density());
        assertEquals(1, new LayerFormat("fc2", 0, 5, 0, List.of(Format.DENSE), Map.of()).density());
    }

    @Test
    void aLineHasATimeForEachBatch() {
        var times = Map.of(Format.DENSE, List.of(10.0, 30.0));

        assertThrows(
                IllegalArgumentException.class,
                () -> new LayerFormat("fc1", 2, 2, 4, List.of(Format.DENSE), times));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LayerFormat("fc1", 2, 2, 4, List.of(Format.CSR, Format.DENSE), times));
        assertThrows(
                IllegalArgumentException.class,
                () -> new LayerFormat("fc1", 2, 2, -1, List.of(Format.DENSE), Map.of()));
        assertThrows(IllegalArgumentException.class, () -> new LayerFormat("fc1", 2, 2, 4, List.of(), Map.of()));
    }
}
