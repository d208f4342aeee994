package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.espalier.io.Json;
import org.espalier.nn.metrics.Comparison.Verdict;
import org.espalier.prune.sparsity.Resource;
import org.junit.jupiter.api.Test;

class SearchReportTest {
    private static Tried tried(String name, double size, double drop, Optional<String> problem) {
        return new Tried(name, 0.9, 9, List.of(
                new Outcome(name, 0.9, 9, 1, 0.95, 0.95 - drop, drop, size, 10, problem)));
    }

    private static SearchReport.Tested tested(String name, double size, Verdict verdict) {
        return new SearchReport.Tested(name, 0.9, 9, size, new NonInferiority(
                "accuracy", 100, 0.01, 0.95, List.of(0.95), List.of(0.945), 0.005, 0.008, 0.009, verdict));
    }

    private static SearchReport report(SearchReport.Tested... tests) {
        var good = tried("small", 500, 0.004, Optional.empty());
        var bad = tried("odd", 0, Double.NaN, Optional.of("it has no neurons to remove"));
        return new SearchReport(
                Resource.BYTES, "accuracy", 0.01, 0.95, 2000, List.of(good, bad), List.of(good), List.of(tests));
    }

    @Test
    void theSmallestThatPassedIsTheBest() {
        var report = report(
                tested("large", 900, Verdict.NOT_INFERIOR), tested("small", 500, Verdict.NOT_INFERIOR),
                tested("tiny", 300, Verdict.OPEN));

        assertEquals("small", report.passed().orElseThrow().candidate());
        assertEquals("small", report.best().candidate());
        assertTrue(report.verdict().startsWith("small at sparsity 0.9: 500 bytes instead of 2000; not worse"),
                report.verdict());
    }

    @Test
    void ifNonePassedTheFirstIsTheBest() {
        var report = report(tested("large", 900, Verdict.INFERIOR));

        assertTrue(report.passed().isEmpty());
        assertEquals("large", report.best().candidate());
        assertTrue(report.verdict().startsWith("nothing passed the test; the best there is: large"), report.verdict());
    }

    @Test
    void theTableHasTheFrontierTheTestsAndWhatWasLeftOut() {
        var table = report(tested("small", 500, Verdict.NOT_INFERIOR)).toTable();

        assertTrue(table.startsWith("2 points tried in 2 runs, 18 epochs in all; smallest bytes"), table);
        assertTrue(table.contains("odd left out: it has no neurons to remove"), table);
        assertTrue(table.contains("small          0.9          500   0.00400    0.94600"), table);
        assertTrue(table.contains("test of small at 0.9: not worse"), table);
    }

    @Test
    void jsonReadsBack() throws Exception {
        var report = report(tested("small", 500, Verdict.NOT_INFERIOR));
        var json = (Json.Obj) Json.parse(report.toJson().compact());

        assertEquals(report, SearchReport.fromJson(json));
    }
}
