package org.espalier.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Answers;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.MovementRecorder;
import org.espalier.prune.deploy.ModelCost;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * All criteria side by side: LeNet-300-100 on MNIST, pruned in one go to 90, 95, 98 and 99 % and retrained for a few
 * epochs, with several seeds. A run is a function of its seed; the table has the same numbers for any number of
 * threads.
 */
@Command(
        name = "criteria",
        mixinStandardHelpOptions = true,
        description = "Prunes LeNet-300-100 by every criterion and writes a table and a plot.")
final class CriteriaComparison implements Callable<Integer> {
    private static final int BATCH = 100;
    private static final int DENSE_EPOCHS = 14;

    @Option(names = "--data", paramLabel = "DIR", description = "IDX files in place of the bundled MNIST")
    private Path data;

    @Option(names = "--out", paramLabel = "DIR", description = "where the results go (${DEFAULT-VALUE})")
    private Path out = Path.of("examples", "results");

    @Option(names = "--seeds", paramLabel = "N", description = "networks (${DEFAULT-VALUE})")
    private int seeds = 5;

    @Option(names = "--epochs", paramLabel = "N", description = "retraining after the cut (${DEFAULT-VALUE})")
    private int epochs = 3;

    @Option(names = "--threads", paramLabel = "N", description = "runs at a time (${DEFAULT-VALUE})")
    private int threads = Math.min(2, Runtime.getRuntime().availableProcessors());

    @Option(names = "--rows", paramLabel = "REGEX", description = "criteria to compare; all by default")
    private Pattern rows = Pattern.compile("");

    @Option(names = "--sparsities", split = ",", description = "shares to remove (${DEFAULT-VALUE})")
    private List<Double> sparsities = List.of(0.90, 0.95, 0.98, 0.99);

    private CriteriaComparison() {}

    static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new CriteriaComparison());
    }

    /** A trained network and what a cut may look at; both are shared by the runs of a seed, which copy the network. */
    private record Trained(Layer dense, MnistData data, Calibration calibration, long seed) {}

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Files.createDirectories(out);
        var contenders = Contender.all().stream()
                .filter(contender -> rows.matcher(contender.name()).find())
                .toList();
        var outcomes = new ArrayList<ComparisonTable.Outcome>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (long seed = 1; seed <= seeds; seed++) {
                outcomes.addAll(compare(contenders, seed, pool::submit));
                // After every seed, so that a run cut short leaves what it has.
                new ComparisonTable((int) seed, epochs, sparsities, List.copyOf(outcomes)).write(out);
            }
        }
        IO.println(Files.readString(out.resolve("criteria.md")));
        return 0;
    }

    /** Hands a run to a thread. */
    @FunctionalInterface
    private interface Threads {
        Future<ComparisonTable.Outcome> submit(Callable<ComparisonTable.Outcome> run);
    }

    private List<ComparisonTable.Outcome> compare(List<Contender> contenders, long seed, Threads threads)
            throws IOException, InterruptedException, ExecutionException {
        var digits = MnistData.load(data, seed);
        var calibration = Calibration.of(digits.train(), Loss.crossEntropy(), BATCH, 1000);
        var runs = new ArrayList<Future<ComparisonTable.Outcome>>();
        for (boolean normed : new boolean[] {false, true}) {
            var chosen = contenders.stream().filter(contender -> contender.normed() == normed).toList();
            if (chosen.isEmpty()) {
                continue;
            }
            var dense = network(normed);
            dense.initialize(Init.heNormal(), seed);
            train(dense, digits, DENSE_EPOCHS, 2e-3f, seed, event -> {});
            var trained = new Trained(dense, digits, calibration, seed);
            var answers = Answers.of(dense, digits.test());
            runs.add(threads.submit(() -> ComparisonTable.Outcome.dense(normed, seed, answers)));
            for (var contender : chosen) {
                for (double sparsity : sparsities) {
                    runs.add(threads.submit(() -> run(contender, sparsity, trained)));
                }
            }
        }
        var outcomes = new ArrayList<ComparisonTable.Outcome>();
        for (var run : runs) {
            outcomes.add(run.get());
        }
        return outcomes;
    }

    private ComparisonTable.Outcome run(Contender contender, double sparsity, Trained trained) {
        long start = System.nanoTime();
        var model = Layers.copy(trained.dense);
        var recorder = MovementRecorder.of(model);
        if (contender.moves()) {
            train(model, trained.data, 1, 1e-3f, trained.seed + 1000, recorder);
        }
        contender.cut().apply(model, new Contender.Given(
                sparsity, trained.calibration, recorder.criterion(), trained.seed));
        double cut = 1 - Answers.of(model, trained.data.test()).accuracy();
        train(model, trained.data, epochs, 1.5e-3f, trained.seed + 2000, event -> {});
        var outcome = new ComparisonTable.Outcome(
                contender.name(),
                contender.how(),
                contender.normed(),
                sparsity,
                trained.seed,
                ModelCost.of(model).total().keptWeights(),
                cut,
                Answers.of(model, trained.data.test()));
        IO.println(String.format(
                Locale.ROOT, "%s (%.1f s)", outcome, (System.nanoTime() - start) / 1e9));
        return outcome;
    }

    private static Sequential network(boolean normed) {
        return normed
                ? Sequential.of(
                        Linear.of(784, 300), BatchNorm1d.of(300), Activation.relu(),
                        Linear.of(300, 100), BatchNorm1d.of(100), Activation.relu(), Linear.of(100, 10))
                : Sequential.of(
                        Linear.of(784, 300), Activation.relu(), Linear.of(300, 100), Activation.relu(),
                        Linear.of(100, 10));
    }

    private static void train(Layer model, MnistData data, int epochs, float rate, long shuffle, Listener listener) {
        int steps = epochs * Math.ceilDiv(data.train().size(), BATCH);
        var rule = Optimizer.adamW(LearningRate.cosine(rate, 1e-5f, steps)).weightDecay(0.05f);
        Trainer.of(model, Loss.crossEntropy(), rule)
                .batchSize(BATCH)
                .epochs(epochs)
                .seed(shuffle)
                .listen(listener)
                .fit(data.train());
    }
}
