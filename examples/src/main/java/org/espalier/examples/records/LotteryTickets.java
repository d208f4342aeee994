package org.espalier.examples.records;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.espalier.examples.MnistData;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Interval;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.training.EarlyWeights;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The lottery ticket hypothesis on 784-300-100-10, as Frankle and Carbin (ICLR 2019, arXiv 1803.03635, section 2) test
 * it: Adam with a learning rate of 0.0012, batches of 60, 55,000 images to train on and 5,000 to validate on. After
 * each training the least 20 % of the weights of each layer are removed, 10 % of those of the output layer, and the
 * rest goes back to its first values. Test accuracy is that where the validation loss is least, and that at the end.
 * Prints a Markdown table.
 */
@Command(
        name = "lottery",
        mixinStandardHelpOptions = true,
        description = "Tickets of LeNet-300-100 beside the dense network and beside the same masks with new values.")
public final class LotteryTickets implements Callable<Integer> {
    private static final int BATCH = 60;
    private static final float RATE = 1.2e-3f;
    private static final int CHECK = 300;
    private static final double CONFIDENCE = 0.95;

    @Spec
    private CommandSpec spec;

    @Option(names = "--seeds", paramLabel = "N", description = "networks (${DEFAULT-VALUE})")
    private int seeds = 3;

    @Option(names = "--rounds", paramLabel = "N", description = "of pruning; 9 keep 13.5 %% (${DEFAULT-VALUE})")
    private int rounds = 9;

    @Option(names = "--epochs", paramLabel = "N", description = "of each training (${DEFAULT-VALUE})")
    private int epochs = 8;

    @Option(names = "--images", paramLabel = "N", description = "train on the first N images only, for a quick look")
    private int images = Integer.MAX_VALUE;

    private LotteryTickets() {}

    /** Test accuracy in percent where the validation loss was least, how many steps that took, and at the end. */
    record Result(double kept, double early, int steps, double end) {}

    /** The networks of a seed: dense, each ticket in turn, and the last ticket's mask with new values. */
    record Seed(Result dense, List<Result> tickets, Result redrawn) {}

    /** Ends the process with the exit code of the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LotteryTickets());
    }

    @Override
    public Integer call() throws IOException {
        var results = new ArrayList<Seed>();
        for (long seed = 1; seed <= seeds; seed++) {
            results.add(run(seed));
        }
        spec.commandLine().getOut().println(table(results));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private Seed run(long seed) throws IOException {
        var data = MnistData.load(null, seed, 11.0 / 12);
        var train = data.train().subset(IntStream.range(0, Math.min(images, data.train().size())).toArray());
        var model = Sequential.of(
                Linear.of(784, 300), Activation.relu(), Linear.of(300, 100), Activation.relu(), Linear.of(100, 10));
        model.initialize(Init.xavierNormal(), seed);
        var first = EarlyWeights.of(model);
        var dense = train(model, train, data, seed);
        var tickets = new ArrayList<Result>();
        for (int round = 1; round <= rounds; round++) {
            Unstructured.perLayer(Criterion.magnitude()).layers("fc1", "fc2").ofRemaining(0.2).plan(model).apply();
            Unstructured.perLayer(Criterion.magnitude()).layers("fc3").ofRemaining(0.1).plan(model).apply();
            first.rewind(model);
            tickets.add(train(model, train, data, seed));
        }
        model.initialize(Init.xavierNormal(), seed + 1000); // the mask stays
        return new Seed(dense, tickets, train(model, train, data, seed));
    }

    /** Trains in place; only the test accuracy where the validation loss is least goes by another state. */
    private Result train(Layer model, Dataset train, MnistData data, long seed) {
        var best = new Earliest(model, data.validation());
        Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(RATE))
                .batchSize(BATCH)
                .epochs(epochs)
                .seed(seed)
                .listen(best)
                .fit(train);
        var cost = ModelCost.of(model).total();
        double end = accuracy(model, data.test());
        var last = StateDict.of(model);
        best.state.applyTo(model);
        double early = accuracy(model, data.test());
        last.applyTo(model);
        return new Result((double) cost.keptWeights() / cost.weights(), early, best.step, end);
    }

    private static double accuracy(Layer model, Dataset test) {
        return 100 * Metric.accuracy().of(model, test);
    }

    /** Remembers the state with the least validation loss. */
    private static final class Earliest implements Listener {
        private final Layer model;
        private final Dataset validation;
        private double least = Double.POSITIVE_INFINITY;
        private int step;
        private StateDict state;

        Earliest(Layer model, Dataset validation) {
            this.model = model;
            this.validation = validation;
        }

        @Override
        public void on(TrainingEvent event) {
            boolean due = event instanceof TrainingEvent.Stepped stepped && (stepped.step() + 1) % CHECK == 0;
            if (!due && !(event instanceof TrainingEvent.EpochEnded)) {
                return;
            }
            double loss = Metric.loss(Loss.crossEntropy()).of(model, validation);
            if (loss < least) {
                least = loss;
                step = event instanceof TrainingEvent.Stepped stepped ? stepped.step() + 1 : step;
                state = StateDict.of(model);
            }
        }
    }

    private String table(List<Seed> results) {
        var text = new StringBuilder("""
                | network | weights kept | test accuracy where the validation loss is least, % | minus dense, points \
                [95 %] | steps until then | at the end, % | minus dense, points [95 %] |
                |---|---:|---:|---|---:|---:|---|
                """);
        text.append(line("dense", results, Seed::dense));
        for (int round = 1; round <= rounds; round++) {
            int index = round - 1;
            text.append(line("ticket of round " + round, results, seed -> seed.tickets().get(index)));
        }
        text.append(line("the last mask, new first values", results, Seed::redrawn));
        return text.toString();
    }

    private static String line(String name, List<Seed> results, Function<Seed, Result> of) {
        return String.format(
                Locale.ROOT, "| %s | %.1f %% | %.2f | %s | %,.0f | %.2f | %s |%n", name,
                100 * mean(results, of, Result::kept),
                mean(results, of, Result::early), gain(results, of, Result::early), mean(results, of, Result::steps),
                mean(results, of, Result::end), gain(results, of, Result::end));
    }

    private static double mean(List<Seed> results, Function<Seed, Result> of, ToDoubleFunction<Result> what) {
        return results.stream().map(of).mapToDouble(what).average().orElseThrow();
    }

    private static String gain(List<Seed> results, Function<Seed, Result> of, ToDoubleFunction<Result> what) {
        double[] gains = results.stream()
                .mapToDouble(seed -> what.applyAsDouble(of.apply(seed)) - what.applyAsDouble(seed.dense()))
                .toArray();
        var interval = Interval.ofMean(CONFIDENCE, gains);
        return gains.length == 1
                ? String.format(Locale.ROOT, "%+.2f", interval.mean())
                : String.format(Locale.ROOT, "%+.2f [%+.2f, %+.2f]", interval.mean(), interval.low(), interval.high());
    }
}
