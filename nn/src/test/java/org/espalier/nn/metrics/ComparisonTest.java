package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.Json;
import org.espalier.nn.metrics.Comparison.Verdict;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    /** 1000 samples; the dense model misses the first so many, the pruned one others, with some in common. */
    private static Trials.Trial trial(long seed, int denseMisses, int prunedMisses) {
        var dense = new boolean[1000];
        var pruned = new boolean[1000];
        for (int i = 0; i < 1000; i++) {
            dense[i] = i >= denseMisses;
            pruned[i] = i < 5 || i >= 5 + prunedMisses;
        }
        return new Trials.Trial(seed, Answers.of(dense), Answers.of(pruned));
    }

    private static Trials trials(int prunedMisses) {
        var trials = new ArrayList<Trials.Trial>();
        for (int seed = 0; seed < 5; seed++) {
            trials.add(trial(seed, 20 + seed, prunedMisses + seed));
        }
        return new Trials(trials);
    }

    @Test
    void meansAndDropsAreOverSeeds() {
        var comparison = trials(21).compare(0.01);

        assertEquals(0.978, comparison.dense().mean(), 1e-12);
        assertEquals(0.977, comparison.pruned().mean(), 1e-12);
        // The drop is the same for every seed.
        assertEquals(0.001, comparison.drop().high(), 1e-9);
        assertEquals(0.001, comparison.sampled().mean(), 1e-12);
        // The dense model misses 5 that the pruned one has, the pruned one 6.
        assertEquals(new McNemar(6, 5), comparison.mcNemar().getFirst());
        assertEquals(1000, comparison.samples());
    }

    @Test
    void theVerdictLooksAtTheMargin() {
        assertEquals(Verdict.NOT_INFERIOR, trials(21).compare(0.02).verdict());
        assertEquals(Verdict.OPEN, trials(21).compare(0.001).verdict());
        assertEquals(Verdict.INFERIOR, trials(120).compare(0.02).verdict());
        assertTrue(trials(120).compare(0.02).bootstrapP() < 0.01);
        assertTrue(trials(20).compare(0.02).bootstrapP() > 0.5);
    }

    @Test
    void aSingleSeedIsJudgedBySamplesAlone() {
        var one = new Trials(List.of(trial(1, 20, 20)));

        assertEquals(Double.POSITIVE_INFINITY, one.compare(0.02).drop().high());
        assertEquals(Verdict.NOT_INFERIOR, one.compare(0.02).verdict());
        assertTrue(one.compare(0.02).toJson().compact().contains("\"high\":null"));
    }

    @Test
    void theReportIsForPeopleAndPrograms() throws Exception {
        var comparison = trials(21).compare(0.02);
        var table = comparison.toTable();

        assertTrue(table.startsWith("5 seeds, 1000 test samples, intervals of 95 %\ndense"), table);
        assertTrue(
                table.contains("McNemar, seed 0      p = 1.0000 (only dense right 6, only pruned right 5)\n"), table);
        assertTrue(table.endsWith("not inferior: the loss is below the margin of 0.02\n"), table);
        var json = (Json.Obj) Json.parse(comparison.toJson().compact());
        assertEquals("NOT_INFERIOR", json.string("verdict"));
        assertEquals(5, json.items("mcNemar").size());
        assertEquals(comparison, trials(21).compare(0.02));
    }

    @Test
    void aMarginIsNotNegative() {
        assertThrows(IllegalArgumentException.class, () -> trials(20).compare(-0.1));
        assertThrows(IllegalArgumentException.class, () -> trials(20).compare(Double.NaN));
    }
}
