package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.espalier.bench.peer.Peers;
import org.espalier.bench.report.Measurement;
import org.espalier.bench.report.Results;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The process that measures a job, and the way to start it. It writes a file of results after every row. */
final class Worker {
    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final int SECONDS_TO_START = 60;
    private static final int SECONDS_PER_ROW = 60;

    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    private Worker() {}

    private static void put(Results results, String when, ClockCheck check) {
        results.environment().put(when + " GHz", String.valueOf(check.gigahertz()));
        results.environment().put(when + " lost", String.valueOf(check.lost()));
    }

    /** What a process found of the machine before its first row and after its last one; both or none. */
    static List<ClockCheck> clockChecks(Results results) {
        var checks = new ArrayList<ClockCheck>();
        var facts = results.environment();
        for (var when : List.of(BEFORE, AFTER)) {
            if (facts.containsKey(when + " GHz")) {
                checks.add(new ClockCheck(Double.parseDouble(facts.get(when + " GHz")),
                        Double.parseDouble(facts.get(when + " lost"))));
            }
        }
        return checks;
    }

    /**
     * Measures a job in a process of its own.
     *
     * @param flags the JVM's
     * @return what was measured, what the peer says of itself, and what went wrong; no rows and no environment
     */
    static Results start(Job job, int round, SuiteOptions options, List<String> flags)
            throws IOException, InterruptedException {
        var file = Files.createTempFile("espalier-bench", ".json");
        var errors = Files.createTempFile("espalier-bench", ".err");
        try {
            var arguments = new ArrayList<>(
                    List.of(file.toString(), options.mode().name(), String.valueOf(round), job.peer()));
            job.rows().forEach(row -> arguments.add(row.task().name()));
            var process = Jvm.of(Worker.class, flags, options.width().variables(), arguments)
                    .redirectError(errors.toFile()).start();
            return wait(job, process, file, errors);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(errors);
        }
    }

    private static Results wait(Job job, Process process, Path file, Path errors)
            throws IOException, InterruptedException {
        // An interrupted suite must not go on measuring behind the user's back.
        var stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        boolean ended = process.waitFor(
                SECONDS_TO_START + (long) SECONDS_PER_ROW * job.rows().size(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        Runtime.getRuntime().removeShutdownHook(stop);
        var results = read(file);
        if (process.exitValue() == 0) {
            return results;
        }
        var failures = new ArrayList<>(results.failures());
        failures.add(job.peer() + ", rows from " + job.rows().getFirst().task().name() + ": "
                + (ended ? cause(errors) : "took too long"));
        return new Results(results.environment(), results.peers(), List.of(), results.measurements(), failures);
    }

    private static Results read(Path file) throws IOException {
        var text = Files.readString(file);
        if (text.isEmpty()) {
            return empty();
        }
        try {
            return Results.of(Json.parse(text));
        } catch (FormatException e) {
            throw new IOException(file + " is damaged", e);
        }
    }

    private static Results empty() {
        return new Results(new LinkedHashMap<>(), new LinkedHashMap<>(), List.of(), new ArrayList<>(),
                new ArrayList<>());
    }

    /** The process: file, mode, round, peer, rows. */
    public static void main(String... args) throws IOException {
        var file = Path.of(args[0]);
        var mode = SuiteOptions.Mode.valueOf(args[1]);
        int round = Integer.parseInt(args[2]);
        var peer = args[3];
        var results = empty();
        HeapWarmUp.run();
        put(results, BEFORE, ClockCheck.measure());
        for (var row : List.of(args).subList(4, args.length)) {
            // What the row before left behind is not collected on this one's time.
            System.gc();
            try {
                var measurement = measure(row, peer, round, mode);
                results.measurements().add(measurement);
                say(row, peer, String.format(
                        Locale.ROOT, "%14.3f µs  %s", measurement.time() / 1000, measurement.note().orElse("")));
            } catch (RunnerException e) {
                results.failures().add(row + ", " + peer + ", round " + (round + 1) + ": " + e.getMessage());
                say(row, peer, "FAILED: " + e.getMessage());
            }
            describe(peer, results.peers());
            put(results, AFTER, ClockCheck.measure());
            Files.writeString(file, results.toJson().compact());
        }
        // Some libraries leave threads that would keep the process alive.
        System.exit(0);
    }

    private static void say(String row, String peer, String text) {
        System.out.printf(Locale.ROOT, "  %-40s %-16s %s%n", row, peer, text);
    }

    /** What a peer says; a native library that can be measured but not asked must not cost the results. */
    private static void describe(String peer, SequencedMap<String, String> descriptions) {
        if (descriptions.containsKey(peer)) {
            return;
        }
        try {
            descriptions.put(peer, Peers.named(peer).describe());
        } catch (RuntimeException | LinkageError e) {
            descriptions.put(peer, "did not say: " + e);
        }
    }

    private static Measurement measure(String row, String peer, int round, SuiteOptions.Mode mode)
            throws IOException, RunnerException {
        var log = Files.createTempFile("espalier-bench", ".log");
        var length = TimeValue.milliseconds(mode.milliseconds);
        var options = new OptionsBuilder()
                .include("^" + RowBenchmark.class.getName() + "\\.run$")
                .param("row", row)
                .param("peer", peer)
                .param("check", String.valueOf(round == 0))
                .forks(0)
                .warmupIterations(mode.warmups)
                .warmupTime(length)
                .measurementIterations(mode.iterations)
                .measurementTime(length)
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.NORMAL)
                .shouldFailOnError(true)
                .output(log.toString())
                .build();
        try {
            return measurement(row, peer, round, new Runner(options).runSingle());
        } catch (RunnerException e) {
            throw new RunnerException(cause(log), e);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    @SuppressWarnings("rawtypes") // JMH's
    private static Measurement measurement(String row, String peer, int round, RunResult result) {
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
        return new Measurement(row, peer, round, Optional.of(RowBenchmark.note()), allocated, times);
    }

    /** The first lines in which the process said what went wrong. */
    private static String cause(Path log) throws IOException {
        try (var lines = Files.lines(log)) {
            var cause = lines.filter(line -> line.matches(".*(Exception|Error|ERROR|error:|timed out|<failure>).*"))
                    .limit(3)
                    .map(String::strip)
                    .collect(Collectors.joining("; "));
            return cause.isEmpty() ? "the process ended without a result" : cause;
        }
    }
}
