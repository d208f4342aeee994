package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.step.Format;
import org.junit.jupiter.api.Test;

class CostsTest {
    /** Dense weights take a microsecond each; compressed rows take 7, the other sparse formats 8. */
    private static final Stopwatch PAPER = (steps, batch, x) -> {
        var micros = new EnumMap<Format, Timing>(Format.class);
        steps.forEach((format, step) -> micros.put(format, new Timing(
                format == Format.DENSE ? (double) step.in() * step.out() : format == Format.CSR ? 7.0 : 8.0, 0)));
        return new Timings(true, micros);
    };

    @Test
    void everyLayerIsMeasuredSmallerAndSparser() {
        var table = Costs.measure(Sequential.of(Linear.of(40, 16), Activation.relu(), Linear.of(16, 4)), 2, PAPER);

        assertEquals(2, table.batch());
        assertEquals(List.of("fc1", "fc2"), table.layers().stream().map(layer -> layer.layer()).toList());
        var first = table.layers().getFirst();
        assertEquals(List.of(2, 4, 8, 12, 16), first.rows());
        assertEquals(List.of(5, 10, 20, 30, 40), first.columns());
        assertEquals(12.0 * 30, first.dense().get(3).get(3));
        assertTrue(first.sparse().stream().allMatch(time -> time == 7.0), first::toString);
        assertEquals(List.of(1, 2, 3, 4), table.layers().get(1).rows());
    }

    @Test
    void aBatchIsPositive() {
        assertThrows(IllegalArgumentException.class, () -> Costs.measure(Linear.of(2, 2), 0));
    }
}
