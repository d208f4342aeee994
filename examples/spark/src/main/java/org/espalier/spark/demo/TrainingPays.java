package org.espalier.spark.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.spark.JvmCache;
import org.espalier.spark.training.LocalSgd;
import org.espalier.spark.training.TrainingWork;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * From which length of a round on ranks on Spark train more samples a second than one thread, for three sizes of
 * networks: from the time of short and of long rounds. Prints a table in Markdown.
 */
@Command(name = "training-pays", mixinStandardHelpOptions = true,
        description = "Samples a second of one thread, and of ranks on Spark.")
public final class TrainingPays implements Callable<Integer> {
    private static final int SAMPLES = 4_000;
    private static final int FEW = 10;
    private static final int MANY = 100;

    /** Drawn once for all measurements. */
    private static final JvmCache<Dataset> DRAWN = new JvmCache<>(32);

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
            return DRAWN.get(inputs + "/" + rank, () -> drawn(rank));
        }

        private Dataset drawn(int rank) {
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
        IO.println("| network | a round of " + FEW + " steps | of " + MANY
                + " steps | hence a step | a round besides | " + ranks + " ranks pay from |");
        IO.println("|---|---|---|---|---|---|");
        try (var spark = Sessions.local(ranks)) {
            for (var network : NETWORKS) {
                var training = LocalSgd.of(network).ranks(ranks);
                perRound(spark, training.stepsPerRound(MANY));
                double few = perRound(spark, training.stepsPerRound(FEW));
                double many = perRound(spark, training.stepsPerRound(MANY));
                double step = Math.max((many - few) / (MANY - FEW), 1e-6);
                double besides = Math.max(few - FEW * step, 0);
                // n ranks do n rounds' steps in the time of one round: n·k·s > k·s + b.
                double pays = besides / step / Math.max(ranks - 1, 1);
                IO.println(String.format(Locale.ROOT, "| %s | %.0f ms | %.0f ms | %.2f ms | %.0f ms | %.0f steps |",
                        network.title(), few * 1e3, many * 1e3, step * 1e3, besides * 1e3, Math.ceil(pays)));
            }
        }
        return 0;
    }

    /** Seconds of a round, the mean over as many as fit into the time. */
    private double perRound(SparkSession spark, LocalSgd training) throws Exception {
        long start = System.nanoTime();
        training.rounds(2).fit(spark);
        int rounds = (int) Math.clamp(seconds / ((System.nanoTime() - start) / 2e9), 2, 50);
        start = System.nanoTime();
        training.rounds(rounds).fit(spark);
        return (System.nanoTime() - start) / 1e9 / rounds;
    }
}
