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
import org.espalier.bench.report.ResultsJson;
import org.espalier.io.Json;
import org.espalier.kernel.KernelChoice;
import org.espalier.kernel.Kernels;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs every row with every peer, round after round, and writes what came out as JSON and as a page. A round starts one
 * process for each row and peer; the peers of a row follow each other at once, in one order in even rounds and in the
 * reverse in odd ones, so that what the machine does meanwhile falls on all of them alike. Files are written after
 * every round: an interrupted run keeps its whole rounds.
 */
public final class Suite {
    private static final List<String> FLAGS = List.of(
            "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xms2g", "-Xmx2g",
            "-XX:+UseParallelGC", "-Xbatch");

    /** Asks for the vector kernels at once: no stand-in is measured, and no thread warms up beside what is. */
    private static final String KERNELS = KernelChoice.PROPERTY;

    /** Set for the process without disturbing variables: which there were. */
    private static final String REMOVED = "espalier.bench.removed";

    private final SuiteOptions options;
    private final List<String> flags = new ArrayList<>(FLAGS);
    private final List<Peer> peers;
    private final List<Row> rows;
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final SequencedMap<String, String> environment;
    private final SequencedMap<String, String> descriptions = new LinkedHashMap<>();
    private final long start = System.nanoTime();

    private Suite(SuiteOptions options) {
        this.options = options;
        peers = Peers.present().stream().filter(peer -> options.peers().matcher(peer.name()).find()).toList();
        rows = Rows.all().stream()
                .filter(row -> row.quick() || options.mode() != SuiteOptions.Mode.QUICK)
                .filter(row -> options.rows().matcher(row.task().name()).find())
                .toList();
        if (Kernels.vector().isPresent()) {
            System.setProperty(KERNELS, "vector");
            flags.add("-D" + KERNELS + "=vector");
        }
        var removed = System.getProperty(REMOVED, "");
        environment = Environment.describe(options, flags, removed.isEmpty() ? List.of() : List.of(removed.split(",")));
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
        var disturbing = CleanProcess.disturbing(System.getenv().keySet());
        if (!disturbing.isEmpty()) {
            System.out.println("Starting again without " + String.join(", ", disturbing));
            System.exit(CleanProcess.run(disturbing, "-D" + REMOVED + "=" + String.join(",", disturbing), args));
        }
        System.exit(new Suite(options).execute() ? 0 : 1);
    }

    private boolean execute() throws IOException {
        switch (options.mode()) {
            case LIST -> cells().forEach(cell -> System.out.printf("%-5s  %-36s  %s%n",
                    cell.row().quick() ? "quick" : "full", cell.row().task().name(), cell.peer()));
            case RENDER -> render();
            case QUICK, FULL -> run();
        }
        return failures.isEmpty();
    }

    private List<Cell> cells() {
        var cells = new ArrayList<Cell>();
        for (var row : rows) {
            for (var peer : peers) {
                if (peer.offer(row.task()).isPresent()) {
                    cells.add(new Cell(row, peer.name()));
                }
            }
        }
        return cells;
    }

    private void run() throws IOException {
        var cells = cells();
        System.out.println(cells.size() + " cells, " + options.rounds() + " rounds");
        for (int round = 0; round < options.rounds(); round++) {
            if (options.minutes() > 0 && round > 0 && minutes() * (round + 1) / round > options.minutes()) {
                System.out.println("Stopping after " + round + " rounds: another would end too late");
                break;
            }
            var order = round % 2 == 0 ? cells : reversedWithinRows(cells);
            for (int i = 0; i < order.size(); i++) {
                measure(order.get(i), round, i, order.size());
            }
            environment.put("rounds", String.valueOf(round + 1));
            environment.put("duration", Math.round(minutes()) + " minutes");
            write();
        }
    }

    /** The rows in their order, the peers of each in reverse. */
    static List<Cell> reversedWithinRows(List<Cell> cells) {
        var byRow = new LinkedHashMap<Row, List<Cell>>();
        cells.forEach(cell -> byRow.computeIfAbsent(cell.row(), row -> new ArrayList<>()).addFirst(cell));
        return byRow.values().stream().flatMap(List::stream).toList();
    }

    private void measure(Cell cell, int round, int index, int count) throws IOException {
        var place = String.format(Locale.ROOT, "[%d: %3d/%d, %4.1f min] %-36s %-16s ", round + 1, index + 1, count,
                minutes(), cell.row().task().name(), cell.peer());
        try {
            var measurement = cell.measure(round, options.mode(), flags);
            measurements.add(measurement);
            System.out.printf(Locale.ROOT, "%s%14.3f µs%n", place, measurement.time() / 1000);
        } catch (RunnerException e) {
            failures.add(cell.row().task().name() + ", " + cell.peer() + ", round " + (round + 1) + ": "
                    + e.getMessage());
            System.out.println(place + "FAILED: " + e.getMessage());
        }
    }

    private double minutes() {
        return (System.nanoTime() - start) / 60e9;
    }

    private void write() throws IOException {
        for (var peer : peers) {
            if (measurements.stream().anyMatch(one -> one.peer().equals(peer.name()))) {
                descriptions.computeIfAbsent(peer.name(), name -> describe(peer));
            }
        }
        var infos = rows.stream().map(Row::info).toList();
        var results = new Results(environment, descriptions, infos, measurements, failures);
        Files.createDirectories(options.folder());
        Files.writeString(file(".json"), ResultsJson.write(results).pretty());
        Files.writeString(file(".md"), Report.markdown(results));
        System.out.println("Wrote " + file(".md") + " and " + file(".json"));
    }

    /** What a peer says; a native library that can be measured but not asked must not cost the results. */
    private static String describe(Peer peer) {
        try {
            return peer.describe();
        } catch (RuntimeException | LinkageError e) {
            return "did not say: " + e;
        }
    }

    private Path file(String ending) {
        return options.folder().resolve(options.mode().file + ending);
    }

    /** Makes the pages of all results in the folder anew. */
    private void render() throws IOException {
        try (var files = Files.newDirectoryStream(options.folder(), "*.json")) {
            for (var json : files) {
                var page = json.resolveSibling(json.getFileName().toString().replaceFirst("\\.json$", ".md"));
                Files.writeString(page, Report.markdown(ResultsJson.read(Json.parse(Files.readString(json)))));
                System.out.println("Wrote " + page);
            }
        }
    }
}
