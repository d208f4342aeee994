package org.espalier.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
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

    @Test
    void whatIsWrittenReadsBackEqual() throws FormatException {
        assertEquals(results, Results.of(Json.parse(results.toJson().pretty())));
    }

    @Test
    void theFileIsReadByItsMemberNames() throws FormatException {
        var read = Results.of(Json.parse("""
                {"environment": {"date": "today"}, "peers": {"a": "first"}, "failures": ["none"],
                 "rows": [{"section": "S", "name": "r", "threads": 2, "flops": 1e3, "bytes": 5, "footprint": 7,
                           "perEpoch": 9}],
                 "measurements": [{"row": "r", "peer": "a", "round": 1, "allocatedBytes": 2.5,
                                   "nanoseconds": [3, 1.5, 2]}]}
                """));

        assertEquals(List.of(new RowInfo("S", "r", 2, 1000, 5, 7, 9)), read.rows());
        assertEquals(2, read.measurements().getFirst().time());
        assertEquals(2.5, read.allocated("r", "a"));
        assertEquals("", read.note("r", "a"));
        assertEquals("today", read.environment().get("date"));
    }

    @Test
    void somethingElseIsRefused() {
        assertThrows(FormatException.class, () -> Results.of(Json.array(1, 2)));
        assertThrows(FormatException.class, () -> Results.of(Json.object()));
    }

    @Test
    void theCommittedResultsAreRead() throws IOException {
        for (var name : List.of("RESULTS.json", "breakeven.json", "zen5/256/RESULTS.json")) {
            var text = Files.readString(Path.of(System.getProperty("basedir", ""), "results", name));
            assertFalse(Results.of(Json.parse(text)).measurements().isEmpty(), name);
        }
    }
}
