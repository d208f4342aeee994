package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.espalier.bench.report.Measurement;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * A row and a peer who can do it.
 *
 * @param row the row
 * @param peer the peer's name
 */
record Cell(Row row, String peer) {
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final int TIMEOUT_SECONDS = 300;

    /** Starts one process that measures this cell. */
    Measurement measure(int round, SuiteOptions.Mode mode, List<String> flags) throws IOException, RunnerException {
        var log = Files.createTempFile("espalier-bench", ".log");
        var length = TimeValue.milliseconds(mode.milliseconds);
        var options = new OptionsBuilder()
                .include("^" + RowBenchmark.class.getName() + "\\.run$")
                .param("row", row.task().name())
                .param("peer", peer)
                .forks(1)
                .jvmArgs(flags.toArray(String[]::new))
                .warmupIterations(mode.iterations)
                .warmupTime(length)
                .measurementIterations(mode.iterations)
                .measurementTime(length)
                .timeout(TimeValue.seconds(TIMEOUT_SECONDS))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .output(log.toString())
                .build();
        var watchdog = Watchdog.start(TIMEOUT_SECONDS);
        try {
            return measurement(round, new Runner(options).runSingle());
        } catch (RunnerException e) {
            throw new RunnerException(cause(log), e);
        } finally {
            watchdog.close();
            Files.deleteIfExists(log);
        }
    }

    @SuppressWarnings("rawtypes") // JMH's
    private Measurement measurement(int round, RunResult result) {
        var times = new ArrayList<Double>();
        for (var benchmark : result.getBenchmarkResults()) {
            for (var iteration : benchmark.getIterationResults()) {
                times.add(iteration.getPrimaryResult().getScore());
            }
        }
        double allocated = result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(ALLOCATION))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(0);
        return new Measurement(row.task().name(), peer, round, times, allocated);
    }

    /** The first lines in which the process said what went wrong. */
    private static String cause(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            var cause = lines.filter(line -> line.matches(".*(Exception|Error|error:|timed out|<failure>).*"))
                    .limit(3)
                    .map(String::strip)
                    .collect(Collectors.joining("; "));
            return cause.isEmpty() ? "the process ended without a result" : cause;
        }
    }
}
