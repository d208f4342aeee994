package org.espalier.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.espalier.io.Json;
import org.espalier.nn.CrossEntropy;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.ModelFile;
import org.espalier.nn.Models;
import org.espalier.nn.Relu;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Accuracy;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.optim.Adam;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.train.Progress;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Measure;
import org.espalier.prune.Pipeline;
import org.espalier.prune.PruningReport;
import org.espalier.prune.Stage;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.Taylor;
import org.espalier.prune.schedule.Cubic;
import org.espalier.prune.structure.Shrink;
import org.espalier.tensor.Parallelism;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The main demo: trains LeNet-300-100 on MNIST, prunes it in stages to at most 8 % of its weights, retrains, shrinks,
 * saves, loads and predicts. Every choice is made on the validation samples; the test samples are looked at once.
 */
@Command(
        name = "mnist",
        mixinStandardHelpOptions = true,
        description = "Trains, prunes, shrinks, saves and reloads a network for handwritten digits.")
final class MnistDemo implements Callable<Integer> {
    private static final int BATCH = 100;
    private static final int DENSE_EPOCHS = 16;

    @Option(names = "--data", paramLabel = "DIR", description = "IDX files in place of the bundled MNIST")
    private Path data;

    @Option(names = "--out", paramLabel = "DIR", description = "where the model and the report go (${DEFAULT-VALUE})")
    private Path out = Path.of("target", "mnist");

    @Option(names = "--seed", paramLabel = "N", description = "same seed, same result (${DEFAULT-VALUE})")
    private long seed = 1;

    private MnistDemo() {}

    static void main(String[] arguments) {
        System.exit(new CommandLine(new MnistDemo()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        try (var threads = Parallelism.of(Math.min(2, Runtime.getRuntime().availableProcessors()))) {
            var run = new MnistRun(MnistData.load(data, seed), seed, System.out);
            var report = threads.call(run::run);
        }
        IO.println(String.format(Locale.ROOT, "%nThe whole run took %.0f s.", (System.nanoTime() - start) / 1e9));
        return 0;
    }
}
