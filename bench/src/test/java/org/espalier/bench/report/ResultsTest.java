package org.espalier.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

    private final Results results = ExampleResults.results();

    @Test
    void theTimeOfAProcessIsTheMedianOfItsIterations() {
        assertEquals(Map.of(0, 100.0, 1, 150.0), results.times("sgemm 8x8x8", "openblas"));
    }

    @Test
    void theTimeOfAPeerIsTheMedianOfItsRounds() {
        assertEquals(125, results.median("sgemm 8x8x8", "openblas").orElseThrow());
        assertTrue(results.median("sgemm 8x8x8", "nobody").isEmpty());
    }

    @Test
    void peersComeInTheOrderOfTheFirstRound() {
        assertEquals(List.of("espalier", "openblas"),
                List.copyOf(results.peersOf(results.row("sgemm 8x8x8").orElseThrow())));
    }
}
