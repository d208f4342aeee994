package org.espalier.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.junit.jupiter.api.Test;

class ResultsJsonTest {

    @Test
    void whatIsWrittenReadsBackEqual() throws FormatException {
        var results = ExampleResults.results();

        assertEquals(results, ResultsJson.read(Json.parse(ResultsJson.write(results).pretty())));
    }

    @Test
    void theFileIsReadByItsMemberNames() throws FormatException {
        var results = ResultsJson.read(Json.parse("""
                {"environment": {"date": "today"}, "peers": {"a": "first"}, "failures": ["none"],
                 "rows": [{"section": "S", "name": "r", "threads": 2, "flops": 1e3, "bytes": 5, "footprint": 7,
                           "perEpoch": 9}],
                 "measurements": [{"row": "r", "peer": "a", "round": 1, "allocatedBytes": 2.5,
                                   "nanoseconds": [3, 1.5, 2]}]}
                """));

        assertEquals(List.of(new RowInfo("S", "r", 2, 1000, 5, 7, 9)), results.rows());
        assertEquals(2, results.measurements().getFirst().time());
        assertEquals(2.5, results.allocated("r", "a"));
        assertEquals("today", results.environment().get("date"));
    }

    @Test
    void somethingElseIsRefused() {
        assertThrows(FormatException.class, () -> ResultsJson.read(Json.array(1, 2)));
        assertThrows(FormatException.class, () -> ResultsJson.read(Json.object()));
    }
}
