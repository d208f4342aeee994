package org.espalier.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.search.Candidate;
import org.espalier.prune.search.Preset;
import org.espalier.prune.sparsity.SparsitySchedule;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What the patterns that fit vector lanes cost: the presets of blocks and of N:M beside single weights, just as many,
 * pruned from the same dense network in the same steps and epochs. A result is a function of its seed.
 */
@Command(
        name = "patterns",
        mixinStandardHelpOptions = true,
        description = "Prunes by blocks, N:M and single weights and writes a table of what the patterns cost.")
final class PatternComparison implements Callable<Integer> {
    private static final String MNIST = "mnist";
    private static final int DENSE_EPOCHS = 8;
    /** Of the usual epochs of a preset, on MNIST. */
    private static final double EFFORT = 1.0 / 9;

    private static final Candidate GLOBAL = Candidate.of("global",
            Unstructured.globalNormalized(Criterion.magnitude()).schedule(SparsitySchedule.cubic(3)));
    private static final Candidate PER_LAYER = Candidate.of("layers",
            Unstructured.perLayer(Criterion.magnitude()).schedule(SparsitySchedule.cubic(3)));

    @Option(names = "--out", paramLabel = "DIR", description = "where patterns.md goes (${DEFAULT-VALUE})")
    private Path out = Path.of("examples", "results");

    @Option(names = "--seeds", paramLabel = "N", description = "networks for each problem (${DEFAULT-VALUE})")
    private int seeds = 5;

    @Option(names = "--problems", split = ",", description = "mnist or a table of the examples (${DEFAULT-VALUE})")
    private List<String> problems = List.of(MNIST, "digits", "diabetes");

    @Option(names = "--kept", split = ",", description = "how many of 16 weights to keep (${DEFAULT-VALUE})")
    private List<Integer> kept = List.of(2, 1);

    private PatternComparison() {}

    static void main(String[] arguments) {
        System.exit(new CommandLine(new PatternComparison()).execute(arguments));
    }

    /** A network of one seed, trained. */
    @FunctionalInterface
    private interface Trials {
        PresetTrial of(int seed) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(out);
        var text = new StringBuilder(head());
        for (var problem : problems) {
            var table = problem.equals(MNIST) ? mnist() : table(problem);
            text.append('\n').append(table.markdown());
            // After every problem, so that a run cut short leaves what it has.
            Files.writeString(out.resolve("patterns.md"), text);
        }
        IO.println(text);
        return 0;
    }

    private String head() {
        return """
                # What patterns that fit the lanes cost

                The patterns of the presets `blocks-8x1`, `blocks-4x1`, `1-of-8` and `2-of-16` at several sparsities,
                and single weights ranked layer by layer. Beside each, unstructured: single weights by one ranking over
                all layers, from the same dense network to just as many weights, in the same three steps with the same
                retraining. Means over %d seeds ± the standard deviation; in brackets the t interval of 95 %% of the
                difference, paired by seed. Nothing was tuned or chosen by the test samples. A partial block or group
                at the edge, and floors, leave more or fewer weights than the row says; bytes and FLOPs are without dead
                neurons.

                Made by `mvn -q -Pdemo -Ddemo.class=org.espalier.examples.PatternComparison`.
                """.formatted(seeds);
    }

    private PatternTable mnist() throws IOException {
        var about = "LeNet-300-100, trained for %d epochs on 55,000 images, %d epochs of retraining after the last "
                + "step (the presets take 27); tested on 10,000.";
        int epochs = preset(0.5, EFFORT, GLOBAL).epochs(55_000);
        return compare("MNIST", about.formatted(DENSE_EPOCHS, epochs), EFFORT,
                seed -> PresetTrial.ofDigits(MnistData.load(null, seed + 1), DENSE_EPOCHS, seed + 1));
    }

    private PatternTable table(String name) throws IOException {
        var task = TableTask.all().stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no problem '" + name + "'"));
        var table = task.table();
        return compare(name, "A 256-128 network on another split of " + table.rows() + " rows for each seed, a quarter "
                + "of them to test; 60 epochs, and as many of retraining.", 1,
                seed -> PresetTrial.ofTable(TableTask.split(name, table, seed), task.metric(), seed, 256, 128));
    }

    private PatternTable compare(String problem, String about, double effort, Trials trials) throws IOException {
        var patterns = patterns(effort);
        var dense = new ArrayList<PresetTrial.Result>();
        var rows = new ArrayList<PatternTable.Row>();
        patterns.keySet().forEach(name -> rows.add(new PatternTable.Row(name, new ArrayList<>(), new ArrayList<>())));
        var metric = "";
        for (int seed = 0; seed < seeds; seed++) {
            var trial = trials.of(seed);
            metric = trial.metric().name();
            var before = trial.result();
            dense.add(before);
            // Two patterns may keep the same number of weights.
            var single = new HashMap<Long, PresetTrial.Result>();
            for (var row : rows) {
                var structured = trial.result(patterns.get(row.name()));
                long weights = structured.weights();
                if (!single.containsKey(weights)) {
                    double sparsity = 1 - (double) weights / before.weights();
                    single.put(weights, trial.result(preset(sparsity, effort, GLOBAL)));
                }
                row.structured().add(structured);
                row.single().add(single.get(weights));
            }
        }
        return new PatternTable(problem, about, metric, dense, rows);
    }

    /** By what a row of the table is called. */
    private Map<String, Preset> patterns(double effort) {
        var all = new LinkedHashMap<String, Preset>();
        for (int n : kept) {
            double sparsity = 1 - n / 16.0;
            var share = " at " + 100 * n / 16.0 + " %";
            all.put("layer by layer" + share, preset(sparsity, effort, PER_LAYER));
            for (int rows : new int[] {8, 4}) {
                all.put(rows + "x1 blocks" + share, preset(sparsity, effort, Preset.blocks(rows).candidate()));
            }
            if (n % 2 == 0) {
                all.put(n / 2 + ":8", preset(sparsity, effort, Preset.nm(n / 2, 8).candidate()));
            }
            all.put(n + ":16", preset(sparsity, effort, Preset.nm(n, 16).candidate()));
        }
        return all;
    }

    private static Preset preset(double sparsity, double effort, Candidate candidate) {
        return new Preset(candidate.name(), "compares", sparsity, effort, candidate);
    }
}
