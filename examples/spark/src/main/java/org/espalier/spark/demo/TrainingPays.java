package org.espalier.spark.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.spark.training.LocalSgd;
import org.espalier.spark.training.TrainingWork;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * From which length of a round on ranks on Spark train more samples a second than one thread: three sizes of networks,
 * three lengths of rounds. Prints a table in Markdown.
 */
@Command(name = "training-pays", mixinStandardHelpOptions = true,
        description = "Samples a second of one thread, and of ranks on Spark.")
public final class TrainingPays implements Callable<Integer> {
    private static final int SAMPLES = 4_000;
    private static final List<Network> NETWORKS = List.of(
            new Network(20, new int[] {32}, 32), new Network(784, new int[] {300, 100}, 100),
            new Network(784, new int[] {1000, 1000}, 256));

    @Option(names = "--ranks", description = "copies that are trained at a time (${DEFAULT-VALUE})")
    private int ranks = Runtime.getRuntime().availableProcessors();

    @Option(names = "--seconds", description = "about how long each measurement takes (${DEFAULT-VALUE})")
    private double seconds = 4;

    private TrainingPays() {}

    /** Measures, and ends the process with the exit code of the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new TrainingPays());
    }

    /**
     * A network that tells ten classes of random inputs apart.
     *
     * @param inputs how many inputs
     * @param hidden the widths of the hidden layers
     * @param batchSize samples in a step
     */
    private record Network(int inputs, int[] hidden, int batchSize) implements TrainingWork {
        private static final int CLASSES = 10;

        @Override
        public Layer model() {
            var layers = new ArrayList<Layer>();
            int width = inputs;
            for (int next : hidden) {
                layers.add(Linear.of(width, next));
                layers.add(Activation.relu());
                width = next;
            }
            layers.add(Linear.of(width, CLASSES));
            var model = Sequential.of(layers.toArray(Layer[]::new));
            model.initialize(Init.heNormal(), 1);
            return model;
        }

        @Override
        public Loss loss() {
            return Loss.crossEntropy();
        }

        @Override
        public Optimizer optimizer() {
            return Optimizer.adam(1e-4f);
        }

        @Override
        public Dataset samples(int rank, int ranks) {
            var labels = new float[SAMPLES];
            for (int i = 0; i < SAMPLES; i++) {
                labels[i] = i % CLASSES;
            }
            return Dataset.of(
                    Rng.of(rank).normal(Shape.of(SAMPLES, inputs), 1), Tensor.of(Shape.of(SAMPLES), labels));
        }

        String title() {
            var text = new StringBuilder().append(inputs);
            for (int width : hidden) {
                text.append('-').append(width);
            }
            return text.append('-').append(CLASSES).append(", ").append(batchSize).append(" a batch").toString();
        }
    }

    @Override
    public Integer call() throws Exception {
        IO.println("| network | a step | steps a round | a round on Spark | samples/s, one thread | samples/s, "
                + ranks + " ranks | |");
        IO.println("|---|---|---|---|---|---|---|");
        try (var spark = Sessions.local(ranks)) {
            for (var network : NETWORKS) {
                var alone = LocalSgd.of(network).ranks(1).rounds(1);
                double step = perStep(alone);
                for (int steps : new int[] {1, 10, 100}) {
                    int rounds = Math.clamp(Math.round(seconds / (step * steps + 0.1)), 1, 40);
                    var training = LocalSgd.of(network).ranks(ranks).stepsPerRound(steps);
                    training.rounds(1).fit(spark);
                    long start = System.nanoTime();
                    training.rounds(rounds).fit(spark);
                    double round = (System.nanoTime() - start) / 1e9 / rounds;
                    double one = network.batchSize() / step;
                    double many = ranks * steps * network.batchSize() / round;
                    IO.println(String.format(Locale.ROOT, "| %s | %.2f ms | %d | %.0f ms | %,.0f | %,.0f | %.2f× |",
                            network.title(), step * 1e3, steps, round * 1e3, one, many, many / one));
                }
            }
        }
        return 0;
    }

    /** Seconds of a step in this thread, without Spark, once it is compiled. */
    private double perStep(LocalSgd alone) throws Exception {
        int steps = 20;
        double step = 0;
        for (double spent = 0; spent < seconds;) {
            long start = System.nanoTime();
            alone.stepsPerRound(steps).fit();
            double now = (System.nanoTime() - start) / 1e9;
            spent += now;
            step = now / steps;
            steps = (int) Math.clamp(seconds / 4 / step, 20, 5_000);
        }
        return step;
    }
}
