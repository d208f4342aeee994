package org.espalier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SuiteTest {

    @Test
    void optionsOverrideWhatTheCommandImplies() {
        var plain = SuiteOptions.parse("quick");
        assertEquals(2, plain.rounds());
        assertTrue(plain.rows().matcher("anything").find());

        var options = SuiteOptions.parse("full", "--rounds", "7", "--rows", "^sgemm", "--minutes", "30");
        assertEquals(SuiteOptions.Mode.FULL, options.mode());
        assertEquals(7, options.rounds());
        assertEquals(30, options.minutes());
        assertTrue(options.rows().matcher("sgemm 8x8x8").find());
    }

    @Test
    void wrongCommandLinesAreExplained() {
        assertThrows(IllegalArgumentException.class, SuiteOptions::parse);
        assertMessage("no such command: fast", "fast");
        assertMessage("no such option: --fast", "quick", "--fast", "1");
        assertMessage("--rows needs a value", "quick", "--rows");
    }

    private static void assertMessage(String message, String... args) {
        var e = assertThrows(IllegalArgumentException.class, () -> SuiteOptions.parse(args));
        assertEquals(message, e.getMessage());
    }

    @Test
    void everySecondRoundReversesThePeersOfARowButNotTheRows() {
        var a = Rows.all().get(0);
        var b = Rows.all().get(1);
        var cells = List.of(new Cell(a, "x"), new Cell(a, "y"), new Cell(b, "x"), new Cell(b, "z"));

        assertEquals(
                List.of(new Cell(a, "y"), new Cell(a, "x"), new Cell(b, "z"), new Cell(b, "x")),
                Suite.reversedWithinRows(cells));
    }

    @Test
    void variablesThatDisturbNativeLibrariesAreRecognized() {
        assertEquals(List.of("MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_CORETYPE"),
                CleanProcess.disturbing(
                        Set.of("OPENBLAS_CORETYPE", "PATH", "HOME", "OMP_NUM_THREADS", "MKL_NUM_THREADS")));
    }

    @Test
    void warmingUpRunsTheCodeUntilTheCompilerIsQuiet() {
        var runs = new AtomicInteger();
        new WarmUp(runs::incrementAndGet).untilCompiled();

        assertTrue(runs.get() >= 6, runs::toString);
    }
}
