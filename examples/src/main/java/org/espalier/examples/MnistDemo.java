package org.espalier.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.parallel.Parallelism;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The main demo: trains LeNet-300-100 on MNIST, prunes it in stages to at most 8 % of its weights, retrains, shrinks,
 * saves, loads and predicts. The saved models take pixels from 0 to 1. Every choice is made on the validation samples;
 * the test samples are looked at once.
 */
@Command(
        name = "mnist",
        mixinStandardHelpOptions = true,
        description = "Trains, prunes, shrinks, saves and reloads a network for handwritten digits.")
final class MnistDemo implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "IDX files in place of the bundled MNIST")
    private Path data;

    @Option(names = "--out", paramLabel = "DIR", description = "where the model and the report go (${DEFAULT-VALUE})")
    private Path out = Path.of("target", "mnist");

    @Option(names = "--seed", paramLabel = "N", description = "same seed, same result (${DEFAULT-VALUE})")
    private long seed = 1;

    private MnistDemo() {}

    static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line; a problem with a file is reported in a sentence. */
    static CommandLine commandLine() {
        return new CommandLine(new MnistDemo()).setExecutionExceptionHandler((problem, command, parsed) -> {
            if (problem instanceof IOException || problem instanceof UncheckedIOException) {
                command.getErr().println("mnist: " + problem.getMessage());
                return command.getCommandSpec().exitCodeOnExecutionException();
            }
            throw problem;
        });
    }

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        Files.createDirectories(out);
        var run = new MnistRun(MnistData.pixels(data, seed), seed, out);
        MnistOutcome outcome;
        try (var threads = Parallelism.of(Math.min(2, Runtime.getRuntime().availableProcessors()))) {
            outcome = threads.call(() -> unchecked(run));
        }
        IO.println("\n" + outcome.text());
        Files.writeString(out.resolve("report.txt"), outcome.text());
        IO.println("Measured on this machine, on one thread, and different each time:");
        for (int batch : new int[] {1, 128}) {
            IO.println(MnistSpeed.measure(outcome.dense().model(), outcome.pruned().model(), batch).text());
        }
        IO.println("Open " + out.resolve("report.html") + " in a browser to see all of it in pictures.");
        var report = out.resolve("report.json");
        Files.writeString(report, outcome.json().pretty());
        IO.println("The report is " + report + ", the pruned model " + outcome.pruned().file() + ".");
        IO.println(String.format(Locale.ROOT, "All of it took %.0f s.", (System.nanoTime() - start) / 1e9));
        return 0;
    }

    private static MnistOutcome unchecked(MnistRun run) {
        try {
            return run.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
