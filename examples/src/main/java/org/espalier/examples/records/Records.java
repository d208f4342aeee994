package org.espalier.examples.records;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.examples.MnistData;
import org.espalier.io.AtomicFile;
import org.espalier.nn.Layer;
import org.espalier.nn.model.ModelFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Makes the table, row by row and seed by seed. What is done is kept in a directory, a file for each row and seed, and
 * not done again.
 */
@Command(
        name = "records",
        mixinStandardHelpOptions = true,
        description = "LeNet-300-100 on MNIST, pruned as far as the published records, and further where it goes.")
public final class Records implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "IDX files in place of the bundled MNIST")
    private Path data;

    @Option(names = "--rows", paramLabel = "REGEX", description = "which rows; all by default")
    private Pattern rows = Pattern.compile("");

    @Option(names = "--seeds", paramLabel = "N", description = "networks of each row (${DEFAULT-VALUE})")
    private int seeds = 5;

    @Option(names = "--runs", paramLabel = "DIR", description = "where finished runs are kept (${DEFAULT-VALUE})")
    private Path runs = Path.of("target", "records");

    @Option(names = "--out", paramLabel = "DIR", description = "where the table goes (${DEFAULT-VALUE})")
    private Path out = Path.of("examples", "results");

    @Option(names = "--threads", paramLabel = "N", description = "runs at a time (${DEFAULT-VALUE})")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--ablations", description = "recipes changed in one thing, in place of the table's own")
    private boolean ablations;

    @Option(names = "--images", paramLabel = "N", description = "train on the first N images only, for a quick look")
    private int images = Integer.MAX_VALUE;

    @Option(names = "--epochs", paramLabel = "N", description = "train no longer than this, for a quick look")
    private int epochs = Integer.MAX_VALUE;

    private Records() {}

    /** Ends the process with the exit code of the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Records());
    }

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Files.createDirectories(runs);
        Files.createDirectories(out);
        var all = MnistData.load(data, 0, 1);
        var train = all.train().subset(IntStream.range(0, Math.min(images, all.train().size()))
                .toArray());
        var chosen = chosen(ablations ? Rows.ablations() : Rows.all());
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var futures = new ArrayList<Future<RowRun>>();
            for (long seed = 1; seed <= seeds; seed++) {
                var net = new LeNet(train, seed, epochs);
                // A row comes after the one that it starts from, so the threads never all wait.
                var models = new HashMap<>(Map.of(Row.DENSE, pool.submit(() -> dense(net))));
                for (var row : chosen) {
                    var first = models.get(row.start());
                    var run = pool.submit(() -> run(row, net, first, all));
                    futures.add(run);
                    models.computeIfAbsent(row.name(), name -> pool.submit(() -> model(row, net, run)));
                }
            }
            for (var future : futures) {
                future.get();
            }
        }
        var known = Stream.concat(Rows.all().stream(), Rows.ablations().stream()).toList();
        var table = new RecordTable(known, read(known), images < all.train().size() || epochs < Integer.MAX_VALUE);
        table.write(out);
        IO.println(table.markdown());
        return 0;
    }

    /** The rows that were asked for, and those whose models they start from. */
    private List<Row> chosen(List<Row> all) {
        var asked = all.stream().filter(row -> rows.matcher(row.name()).find()).toList();
        var starts = asked.stream().map(Row::start).filter(start -> !start.equals(Row.DENSE)).toList();
        return all.stream().filter(row -> asked.contains(row) || starts.contains(row.name())).toList();
    }

    /** The dense model of a seed, trained once. */
    private Layer dense(LeNet net) throws IOException {
        var file = runs.resolve("dense-" + net.seed() + ".safetensors");
        if (!Files.exists(file)) {
            var model = net.network();
            net.train(model, Rows.DENSE, net.seed());
            ModelFile.of(model).write(file);
        }
        return ModelFile.read(file).model();
    }

    /** The model of a row that is done. */
    private Layer model(Row row, LeNet net, Future<RowRun> run)
            throws IOException, InterruptedException, ExecutionException {
        run.get();
        return ModelFile.read(file(row, net)).model();
    }

    private Path file(Row row, LeNet net) {
        return runs.resolve(row.name() + "-" + net.seed() + ".safetensors");
    }

    private RowRun run(Row row, LeNet net, Future<Layer> first, MnistData data)
            throws IOException, InterruptedException, ExecutionException {
        var json = runs.resolve(row.name() + "-" + net.seed() + ".json");
        if (Files.exists(json)) {
            return RowRun.fromJson(Files.readString(json), json.toString());
        }
        long start = cpuNanos();
        var file = row.recipe().apply(net, first.get());
        var run = RowRun.of(row.name(), net.seed(), file, data.test())
                .seconds((cpuNanos() - start) / 1e9);
        file.write(file(row, net));
        AtomicFile.write(json, run.toJson().compact().getBytes(StandardCharsets.UTF_8));
        IO.println(String.format(
                Locale.ROOT, "%s, seed %d: %.2f %%, %d weights, %d bytes, %s (%.0f s)", row.name(), net.seed(),
                run.error(), run.weights(), run.bytes(), run.shape(), run.seconds().orElseThrow()));
        return run;
    }

    /** The time that this thread has had a core. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** All runs in the directory, earlier ones included. */
    private List<RowRun> read(List<Row> known) throws IOException {
        var found = new ArrayList<RowRun>();
        for (var row : known) {
            for (long seed = 1; Files.exists(runs.resolve(row.name() + "-" + seed + ".json")); seed++) {
                var json = runs.resolve(row.name() + "-" + seed + ".json");
                found.add(RowRun.fromJson(Files.readString(json), json.toString()));
            }
        }
        return found;
    }
}
