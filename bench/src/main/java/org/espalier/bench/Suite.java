package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.espalier.bench.peer.Peer;
import org.espalier.bench.peer.Peers;
import org.espalier.bench.report.Measurement;
import org.espalier.bench.report.Report;
import org.espalier.bench.report.Results;
import org.espalier.io.Json;
import org.espalier.kernel.choice.KernelChoice;

/**
 * Runs every row with every peer, round after round, and writes what came out as JSON and as a page. In a round, each
 * peer measures a few rows in a new process; the peers of these rows follow each other at once, in one order in even
 * rounds and in the reverse in odd ones, so that what the machine does meanwhile falls on all of them alike. Files are
 * written after every round: an interrupted run keeps its whole rounds.
 */
public final class Suite {
    private static final List<String> FLAGS = List.of(
            "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xms2g", "-Xmx2g",
            HeapWarmUp.FLAG, "-XX:+UseParallelGC", "-Xbatch");

    /** Asks for the vector kernels at once: no stand-in is measured, and no thread warms up beside what is. */
    private static final String KERNELS = KernelChoice.PROPERTY;

    /** JMH refuses to measure beside another JMH on the machine; given to the suite, this allows it. */
    private static final String IGNORE_LOCK = "jmh.ignoreLock";

    /** One process of this many may be repeated: a machine that is never quiet must not double a run. */
    private static final int MOST_REPEATED = 5;

    private final SuiteOptions options;
    private final List<String> flags = new ArrayList<>(FLAGS);
    private final List<Peer> peers;
    private final List<BenchRow> rows;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final SequencedMap<String, String> environment;
    private final SequencedMap<String, String> descriptions = new LinkedHashMap<>();
    private final long start = System.nanoTime();

    /** The fastest clock seen so far. */
    private double fastest;

    /** Processes that were started, and again. */
    private int processes;
    private int repeated;

    private Suite(SuiteOptions options) {
        this.options = options;
        peers = Peers.present().stream().filter(peer -> options.peers().matcher(peer.name()).find()).toList();
        rows = BenchRows.all().stream()
                .filter(row -> row.quick() || options.mode() != SuiteOptions.Mode.QUICK)
                .filter(row -> options.rows().matcher(row.task().name()).find())
                .toList();
        if (KernelChoice.vector().isPresent()) {
            flags.add("-D" + KERNELS + "=vector");
        }
        flags.addAll(options.width().flags());
        if (Boolean.getBoolean(IGNORE_LOCK)) {
            flags.add("-D" + IGNORE_LOCK + "=true");
        }
        environment = Environment.describe(options, flags, Variables.disturbing(System.getenv().keySet()));
    }

    /** Runs the command given; the exit code is 1 if anything failed. */
    public static void main(String... args) throws IOException, InterruptedException {
        SuiteOptions options;
        try {
            options = SuiteOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(SuiteOptions.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new Suite(options).execute() ? 0 : 1);
    }

    private boolean execute() throws IOException, InterruptedException {
        switch (options.mode()) {
            case LIST -> Job.plan(rows, peers).forEach(job -> job.rows().forEach(row -> System.out.printf(
                    "%3d  %-5s  %-40s  %s%n", job.group(), row.quick() ? "quick" : "full", row.task().name(),
                    job.peer())));
            case RENDER -> render();
            case BREAKEVEN -> alone(BreakEven.class);
            case NEVER_SLOWER -> alone(NeverSlower.class);
            case WARM_UP -> alone(WarmUpRun.class);
            case STEP_TIME -> alone(StepTime.class);
            case JVM_PEERS -> alone(JvmPeers.class);
            case BEFORE_AFTER -> alone(BeforeAfter.class);
            case QUICK, FULL -> run();
        }
        return failures.isEmpty();
    }

    /** Runs one of the commands that measure in a single process. */
    private void alone(Class<?> command) throws IOException, InterruptedException {
        Files.createDirectories(options.folder());
        var arguments = new ArrayList<>(List.of(options.folder().toString(), Integer.toString(options.rounds())));
        arguments.add(options.rows().pattern());
        options.before().ifPresent(before -> arguments.add(before.toAbsolutePath().toString()));
        // those that start processes themselves pass these on
        arguments.addAll(options.width().flags());
        var process = Jvm.of(command, flags, options.width().variables(), arguments).inheritIO().start();
        if (process.waitFor() != 0) {
            failures.add(command.getSimpleName());
        }
    }

    private void run() throws IOException, InterruptedException {
        var jobs = Job.plan(rows, peers);
        System.out.println(jobs.stream().mapToInt(job -> job.rows().size()).sum() + " cells in " + jobs.size()
                + " processes, " + options.rounds() + " rounds");
        for (int round = 0; round < options.rounds(); round++) {
            if (options.minutes() > 0 && round > 0 && minutes() * (round + 1) / round > options.minutes()) {
                System.out.println("Stopping after " + round + " rounds: another would end too late");
                break;
            }
            var order = round % 2 == 0 ? jobs : Job.reversedWithinGroups(jobs);
            for (int i = 0; i < order.size(); i++) {
                var job = order.get(i);
                System.out.printf(Locale.ROOT, "[round %d, process %d/%d, %.1f min] %s, %s%n", round + 1, i + 1,
                        order.size(), minutes(), job.rows().getFirst().section(), job.peer());
                var results = measured(job, round);
                failures.addAll(results.failures());
                results.peers().forEach(descriptions::putIfAbsent);
            }
            environment.put("rounds", String.valueOf(round + 1));
            environment.put("processes repeated because the machine was disturbed", String.valueOf(repeated));
            environment.put("duration", Math.round(minutes()) + " minutes");
            write();
        }
    }

    /** Measures a job, once more if the machine was disturbed, and marks what was measured if it was so again. */
    private Results measured(Job job, int round) throws IOException, InterruptedException {
        var results = Worker.start(job, round, options, flags);
        processes++;
        if (isDisturbed(results) && repeated < processes / MOST_REPEATED) {
            System.out.println("  The machine was disturbed: once more");
            repeated++;
            results = Worker.start(job, round, options, flags);
        }
        boolean disturbed = isDisturbed(results);
        results.measurements().forEach(one -> measurements.add(one.disturbed(disturbed)));
        return results;
    }

    private boolean isDisturbed(Results results) {
        var checks = Worker.clockChecks(results);
        checks.forEach(one -> fastest = Math.max(fastest, one.gigahertz()));
        return checks.stream().anyMatch(one -> one.isDisturbed(fastest));
    }

    private double minutes() {
        return (System.nanoTime() - start) / 60e9;
    }

    private void write() throws IOException {
        var inOrder = new LinkedHashMap<String, String>();
        peers.stream().map(Peer::name).filter(descriptions::containsKey)
                .forEach(name -> inOrder.put(name, descriptions.get(name)));
        var infos = rows.stream().map(BenchRow::info).toList();
        var results = new Results(environment, inOrder, infos, measurements, failures);
        Files.createDirectories(options.folder());
        Files.writeString(file(".json"), results.toJson().pretty());
        Files.writeString(file(".md"), Report.markdown(results));
        System.out.println("Wrote " + file(".md") + " and " + file(".json"));
    }

    private Path file(String ending) {
        return options.folder().resolve(options.mode().file + ending);
    }

    /** Renders the pages of all results in the folder again. */
    private void render() throws IOException {
        try (var files = Files.newDirectoryStream(options.folder(), "*.json")) {
            for (var json : files) {
                var page = json.resolveSibling(json.getFileName().toString().replaceFirst("\\.json$", ".md"));
                var results = Results.of(Json.parse(Files.readString(json)));
                if (json.getFileName().toString().equals(BreakEven.FILE + ".json")) {
                    BreakEven.write(results, options.folder());
                } else {
                    Files.writeString(page, Report.markdown(results));
                    System.out.println("Wrote " + page);
                }
            }
        }
    }
}
