package org.espalier.trials;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsSummaryTest {
    @TempDir
    private Path root;

    private final StringBuilder out = new StringBuilder();

    /** Two modules: the first tried every promise once but the last two, the second those. */
    @BeforeEach
    void tryEverythingOnce() throws IOException {
        int all = Promise.values().length;
        write("core", 0, all - 2);
        write("nn", all - 2, all);
    }

    private void write(String module, int from, int to) throws IOException {
        var lines = Arrays.stream(Promise.values(), from, to)
                .map(promise -> promise.name() + "\tsubject\t1000\t0\t2.0")
                .collect(Collectors.joining("\n"));
        Files.writeString(target(module).resolve("trials.tsv"), lines + "\n");
    }

    private Path target(String module) throws IOException {
        return Files.createDirectories(root.resolve(module).resolve("target"));
    }

    private void report(String module, int errors, int failures) throws IOException {
        Files.writeString(
                Files.createDirectories(target(module).resolve("surefire-reports")).resolve("TEST-a.BTest.xml"),
                """
                <?xml version="1.0"?>
                <testsuite version="3.0.2" name="a.BTest" time="1" tests="3" errors="%d" skipped="0" failures="%d">
                </testsuite>
                """.formatted(errors, failures));
    }

    @Test
    void everyPromiseHasALineWithWhatWasTried() throws IOException {
        report("core", 0, 0);
        assertEquals(0, TrialsSummary.summarize(root, "nightly", out));
        for (var promise : Promise.values()) {
            assertTrue(out.toString().contains("1,000       0        2  " + promise), out.toString());
        }
        assertFalse(out.toString().contains("failed: "), out.toString());
    }

    @Test
    void aPromiseThatNobodyTriedFails() throws IOException {
        write("nn", Promise.values().length - 1, Promise.values().length);
        assertEquals(1, TrialsSummary.summarize(root, "nightly", out));
        assertEquals(1, out.toString().split("NOT TRIED", -1).length - 1);
    }

    @Test
    void aTrialThatFailedFails() throws IOException {
        var line = Promise.FAULTS.name() + "\tother\t7\t1\t0.1\n";
        Files.writeString(target("prune").resolve("trials.tsv"), line);
        assertEquals(1, TrialsSummary.summarize(root, "nightly", out));
        assertTrue(out.toString().contains("1,007       1"), out.toString());
    }

    @Test
    void aTestThatFailedIsNamed() throws IOException {
        report("prune", 1, 0);
        assertEquals(1, TrialsSummary.summarize(root, "nightly", out));
        assertTrue(out.toString().contains("failed: a.BTest"), out.toString());
    }

    @Test
    void anErrorCountsAsAFailureDoes() throws IOException {
        report("prune", 0, 2);
        assertEquals(1, TrialsSummary.summarize(root, "nightly", out));
    }
}
