package org.espalier.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BreakEvenPlotTest {
    private static Measurement time(String zeros, String peer, double micros) {
        return new Measurement("layer 1024x1024 b16 " + zeros, peer, 0, Optional.empty(), 0, List.of(1000 * micros));
    }

    private static String plot(Measurement... measurements) {
        return BreakEvenPlot.svg(new Results(
                new LinkedHashMap<>(), new LinkedHashMap<>(), List.of(), List.of(measurements), List.of()));
    }

    @Test
    void timesAreOnALogarithmicAxisBetweenHalfDecades() {
        // From 10 to 1000 µs on 260 pixels below 40: 100 µs is in the middle. 75 % is half of 320 pixels from 60 on.
        var svg = plot(
                time("dense", "dense", 1000), time("dense", "openblas", 500), time("dense", "mkl", 100),
                time("50%", "csr", 100), time("75%", "csr", 10));

        assertTrue(svg.contains("points=\"60.0,170.0 220.0,300.0\""), svg);
        assertTrue(svg.contains("y1=\"40.0\" y2=\"40.0\" stroke=\"#000\""), svg);
        assertTrue(svg.contains("y1=\"170.0\" y2=\"170.0\" stroke=\"#888\""), "the fastest native: " + svg);
        assertTrue(svg.contains(">batch 16<") && svg.contains(">csr<"), svg);
    }

    @Test
    void everyBatchHasAPanel() {
        var svg = plot(time("90%", "csr", 7),
                new Measurement("layer 1024x1024 b1 90% 4x1 blocks", "blocks_4", 0, Optional.empty(), 0,
                        List.of(5000.0)));

        assertEquals(2, svg.split(">batch ", -1).length - 1);
        assertTrue(svg.contains("blocks_4 (weights in such blocks)"), svg);
    }
}
