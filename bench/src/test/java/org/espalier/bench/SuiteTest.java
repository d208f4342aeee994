package org.espalier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.bench.peer.Peer;
import org.espalier.bench.peer.Peers;
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
    void narrowerVectorsAreAskedOfAllAndGoIntoAFolderOfTheirOwn() {
        var narrow = SuiteOptions.parse("full", "--width", "256");
        assertEquals(Path.of("results", "256"), narrow.folder());
        assertTrue(narrow.width().flags().contains("-XX:UseAVX=2"));
        assertEquals("Haswell", narrow.width().variables().get("OPENBLAS_CORETYPE"));

        assertEquals(Path.of("x"), SuiteOptions.parse("full", "--width", "128", "--out", "x").folder());
        assertEquals(Path.of("results"), SuiteOptions.parse("full").folder());
        assertEquals(List.of(), SuiteOptions.parse("full").width().flags());
        assertMessage("--width is 512, 256 or 128, not 64", "quick", "--width", "64");
    }

    @Test
    void otherKindsOfRunsAreCommandsToo() {
        assertEquals(SuiteOptions.Mode.BREAKEVEN, SuiteOptions.parse("breakeven").mode());
        assertEquals(SuiteOptions.Mode.NEVER_SLOWER, SuiteOptions.parse("never-slower").mode());
        assertEquals(SuiteOptions.Mode.WARM_UP, SuiteOptions.parse("warm-up").mode());
        assertEquals(SuiteOptions.Mode.STEP_TIME, SuiteOptions.parse("step-time").mode());
        assertEquals(SuiteOptions.Mode.JVM_PEERS, SuiteOptions.parse("jvm-peers").mode());

        var comparison = SuiteOptions.parse("before-after", "--before", "old", "--rows", "exp");
        assertEquals(SuiteOptions.Mode.BEFORE_AFTER, comparison.mode());
        assertEquals(Optional.of(Path.of("old")), comparison.before());
    }

    @Test
    void wrongCommandLinesAreExplained() {
        assertThrows(IllegalArgumentException.class, SuiteOptions::parse);
        assertMessage("no such command: fast", "fast");
        assertMessage("no such option: --fast", "quick", "--fast", "1");
        assertMessage("--rows needs a value", "quick", "--rows");
        assertMessage("before-after, and it alone, needs --before", "before-after");
        assertMessage("before-after, and it alone, needs --before", "quick", "--before", "old");
    }

    private static void assertMessage(String message, String... args) {
        var e = assertThrows(IllegalArgumentException.class, () -> SuiteOptions.parse(args));
        assertEquals(message, e.getMessage());
    }

    @Test
    void aProcessHasOnePeerAndAFewRowsOfASectionWithEquallyManyThreads() {
        var jobs = Job.plan(BenchRows.all(), Peers.present());

        for (var job : jobs) {
            assertTrue(job.rows().size() <= 16);
            assertEquals(1, job.rows().stream().map(BenchRow::section).distinct().count());
            assertEquals(1, job.rows().stream().map(row -> row.task().threads()).distinct().count());
        }
        for (var row : BenchRows.all()) {
            var offering = Peers.present().stream().filter(peer -> peer.offer(row.task()).isPresent());
            assertEquals(offering.map(Peer::name).toList(),
                    jobs.stream().filter(job -> job.rows().contains(row)).map(Job::peer).toList());
        }
    }

    @Test
    void everySecondRoundReversesThePeersOfAGroupButNotTheGroups() {
        var rows = List.of(BenchRows.all().getFirst());
        var a = new Job(0, "x", rows);
        var b = new Job(0, "y", rows);
        var c = new Job(1, "x", rows);
        var d = new Job(1, "z", rows);

        assertEquals(List.of(b, a, d, c), Job.reversedWithinGroups(List.of(a, b, c, d)));
    }

    @Test
    void variablesThatDisturbNativeLibrariesAreTakenOut() {
        var environment = new HashMap<String, String>();
        Set.of("OPENBLAS_CORETYPE", "PATH", "MALLOC_ARENA_MAX", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
                .forEach(name -> environment.put(name, "1"));
        assertEquals(List.of("MALLOC_ARENA_MAX", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_CORETYPE"),
                Variables.disturbing(environment.keySet()));

        Variables.apply(environment);
        assertEquals("1", environment.remove("PATH"));
        assertEquals(Variables.NEEDED, environment);
    }

    @Test
    void warmingUpRunsTheCodeUntilTheCompilerIsQuiet() {
        var runs = new AtomicInteger();
        new CompilerWarmUp(runs::incrementAndGet).untilCompiled();

        assertTrue(runs.get() >= 6, runs::toString);
    }
}
