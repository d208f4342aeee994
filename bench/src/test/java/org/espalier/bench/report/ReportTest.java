package org.espalier.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final String PAGE = Report.markdown(ExampleResults.results());

    @Test
    void aRowShowsTimeRateShareOfItsBoundHeapAndEveryPeer() {
        // 1024 operations at 200 per ns take 5.12 ns; 50 ns are ten times that. The peer took 2 and 3 times as long.
        assertLine("| sgemm 8x8x8 | 50.0 ns | 20.5 | 10 % FMA | 0 B | ~125 ns (**2.50** [2.00 – 3.00]) |");
    }

    @Test
    void aCellWithoutAPeerStaysEmpty() {
        // 2³¹ operations at 200 per ns take 10.7 ms.
        assertLine("| sgemm 1024x1024x1024 | 11.0 ms | 195 | 98 % FMA | 0 B |  |");
    }

    @Test
    void memoryLimitsARowWithoutOperations() {
        // A megabyte at 50 bytes per ns takes 20 µs.
        assertLine("| exp | 40.0 µs, table |  | 50 % MEMORY | 0 B |");
    }

    @Test
    void trainingShowsTheTimeOfAnEpoch() {
        // 235 steps of 0.8 ms. There is no bandwidth of the second cache level, hence no bound.
        assertLine("| train 784-300-100-10 b256 | 800 µs | 188 ms | 12.5 | – | 0 B "
                + "| 1.20 ms (**1.50** [1.50 – 1.50]) |");
    }

    @Test
    void figuresAreComparedWithTheirGoals() {
        // 1024 operations take 5.12 ns at the peak and ours 50 ns
        assertLine("| sgemm 8³: OpenBLAS / ours | ≥ 1.00 | **2.50** [2.00 – 3.00] | 24.4 | yes |");
        assertLine("| train 784-300-100-10 b256: libtorch / ours | ≥ 1.45 | **1.50** [1.50 – 1.50] |  | yes |");
        assertLine("| train 784-300-100-10 b256: one thread / two | ≥ 1.80 | **2.00** [2.00 – 2.00] |  | yes |");
        assertLine("| sgemm 1024³: share of the FMA peak | ≥ 0.94 | **0.98** [0.98 – 0.98] |  | yes |");
    }

    @Test
    void prunedLayersAreComparedWithTheFastestDensePeerAndTheWorstIsNamed() {
        assertLine("| layers at 90%, b64 to b256, the worst: best native dense / ours (layer 1024x1024 b128 90%) | "
                + "≥ 5.40 "
                + "| **4.00** [4.00 – 4.00] |  | **no** |");
    }

    @Test
    void aFigureMayBeALimit() {
        // 500 steps of 1.5 ms
        assertLine("| train 3072-1024-512-10 zeros 90% b100 2 threads: seconds for an epoch | ≤ 1.00 "
                + "| **0.75** [0.75 – 0.75] |  | yes |");
        // 100 ops in 250 µs
        assertLine("| gradient graph: microseconds for a small op with its gradient | ≤ 5.00 "
                + "| **2.50** [2.50 – 2.50] |  | yes |");
    }

    @Test
    void theRooflineGivesRatesAndTheirValuePerCycle() {
        assertLine("| clock | 4.00 GHz |  | 4.00 – 4.00 |");
        assertLine("| FMA peak | 200 GFLOP/s | 50.0 flops | 200 – 200 |");
        assertLine("| read L1 | 400 GB/s | 100 bytes | 400 – 400 |");
        assertLine("A load that crosses a cache line costs 2.00 times as much as one that does not.");
    }

    @Test
    void environmentPeersAndFailuresAreNamed() {
        assertLine("- date: 2026-01-02T03:04:05Z");
        assertLine("| openblas | core Example |");
        assertLine("- exp, mkl, round 1: no such library");
    }

    @Test
    void tablesHaveAsManyCellsInEveryLine() {
        int bars = 0;
        for (var line : PAGE.lines().toList()) {
            if (!line.startsWith("|")) {
                bars = 0;
            } else if (bars == 0) {
                bars = bars(line);
            } else {
                assertEquals(bars, bars(line), line);
            }
        }
    }

    @Test
    void aRunWithoutTheMachineHasNoRoofline() {
        var all = ExampleResults.results();
        var rows = all.rows().stream().filter(row -> !row.isMachine()).toList();
        var page = Report.markdown(
                new Results(all.environment(), all.peers(), rows, all.measurements(), List.of()));

        assertFalse(page.contains("Roofline"));
        assertFalse(page.contains("Failures"));
        assertTrue(page.contains("| exp | 40.0 µs, table |  | – | 0 B |"), page);
    }

    @Test
    void numbersHaveThreeDigitsAndUnitsThatSuitThem() {
        assertEquals("0.50 ns", Report.duration(0.5));
        assertEquals("12.3 µs", Report.duration(12_345));
        assertEquals("2.00 s", Report.duration(2e9));
        assertEquals("0 B", Report.bytes(0.01));
        assertEquals("24 B", Report.bytes(24));
        assertEquals("1.50 kB", Report.bytes(1500));
    }

    private static int bars(String line) {
        return (int) line.chars().filter(c -> c == '|').count();
    }

    private static void assertLine(String line) {
        assertTrue(PAGE.lines().anyMatch(line::equals), () -> line + "\nis not in\n" + PAGE);
    }
}
