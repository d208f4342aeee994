package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.nn.Layer;
import org.espalier.prune.search.AutoPrune;
import org.espalier.prune.search.Outcome;
import org.espalier.prune.sparsity.Resource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches for the smallest model that is not worse; the exit code says whether one passed the test. */
@Command(
        name = "auto",
        description = "Finds the smallest model that is not worse, and proves it on seeds and rows that nothing was "
                + "chosen by. Exit code 3 if nothing passes; the best there is has been written then.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  espalier auto wine.safetensors --data wine.csv --validation 0.5 --tolerance 0.2 --sparsities 0.5 "
                + "--retraining 9 --out small.safetensors")
final class AutoCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "A trained model. Default: a network is trained.")
    private Optional<Path> model = Optional.empty();

    @Mixin
    private DataOptions data;

    @Option(names = "--net", split = "-", paramLabel = "WIDTH",
            description = "Widths of the hidden layers of a new network. Default: 64-32, for pictures 300-100.")
    private List<Integer> net = List.of();

    @Option(names = "--smallest", paramLabel = "WHAT",
            description = "What is to become small: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Resource resource = Resource.BYTES;

    @Option(names = "--tolerance", paramLabel = "LOSS",
            description = "The loss of accuracy, or of R² in a regression, that does not matter, as a fraction. "
                    + "Default: ${DEFAULT-VALUE}.")
    private double tolerance = 0.01;

    @Option(names = "--confidence", paramLabel = "SHARE", description = "Of the test. Default: ${DEFAULT-VALUE}.")
    private double confidence = 0.95;

    @Option(names = "--sparsities", split = ",", paramLabel = "SHARE",
            description = "Shares of the weights to remove that are tried first. Default: 0.5 to 0.99.")
    private double[] sparsities = {};

    @Option(names = "--retraining", paramLabel = "N",
            description = "Epochs of the longest runs. Default: chosen by the number of rows.")
    private Optional<Integer> retraining = Optional.empty();

    @Option(names = "--test-seeds", paramLabel = "N", description = "Models in the test. Default: ${DEFAULT-VALUE}.")
    private int seeds = 5;

    @Option(names = "--minutes", paramLabel = "N", description = "Begin no more runs after this time.")
    private Optional<Integer> minutes = Optional.empty();

    @Option(names = "--runs", paramLabel = "DIR", description = "Keep finished runs here, and go on from those.")
    private Optional<Path> runs = Optional.empty();

    @Mixin
    private TrainingOptions training;

    @Mixin
    private ModelOptions reading;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        prepare();
        var saved = model.isPresent() ? Optional.of(reading.read(model.get())) : Optional.<SavedModel>empty();
        var read = data.read(saved.flatMap(SavedModel::schema));
        var all = saved.isPresent() ? read.fitting(saved.get().model()) : read;
        TrainJob.describe(all, output);
        var parts = training.split(all);
        var about = saved.map(SavedModel::carried).filter(carried -> !carried.isEmpty()).orElse(all.described());
        var dense = saved.isPresent() ? saved.get().model() : trained(parts);
        output.say("dense     %s", ModelScores.of(dense, parts.validation()));
        return search(dense, parts, all, about);
    }

    /** Makes the folder of the file, so that a long search does not fail at its end. */
    private void prepare() throws IOException {
        if (Files.isDirectory(out)) {
            throw new IllegalArgumentException(out + " is a folder; --out names the file to write");
        }
        Files.createDirectories(out.toAbsolutePath().getParent());
    }

    private Layer trained(Data.Split parts) throws IOException {
        var job = new TrainJob(parts, training, output);
        var network = job.network(net);
        training.onThreads(() -> training.trainer(parts.train(), network, training.epochs(parts.train()))
                .fit(parts.train().rows()));
        return network;
    }

    private int search(Layer dense, Data.Split parts, Data all, Map<String, String> about) throws IOException {
        var search = AutoPrune.of(dense, all.target().loss(), parts.train().rows(), parts.validation().rows())
                .metric(all.metric())
                .smallest(resource)
                .notWorseThan(tolerance)
                .confidence(confidence)
                .seeds(seeds)
                .seed(training.seed())
                .listen(this::progress);
        search = sparsities.length > 0 ? search.sparsities(sparsities) : search;
        search = retraining.isPresent() ? search.epochs(retraining.get()) : search;
        search = minutes.isPresent() ? search.limit(Duration.ofMinutes(minutes.get())) : search;
        search = runs.isPresent() ? search.resumeFrom(runs.get()) : search;
        search = all.test().isPresent() ? search.test(all.test().get()) : search;
        var result = search.run();
        var file = result.file();
        for (var entry : about.entrySet()) {
            file = file.with(entry.getKey(), entry.getValue());
        }
        file.write(out);
        output.print(result.report().toTable());
        output.say("wrote     %s, %,d bytes", out, Files.size(out));
        output.result(() -> result.report().toJson());
        return result.report().passed().isPresent() ? Failures.GOOD : Failures.CHECK;
    }

    private void progress(Outcome run) {
        if (!output.isQuiet() && !output.isJson()) {
            output.err().printf(
                    Locale.ROOT, "%s at %.4f, %d epochs: %s%n", run.candidate(), run.sparsity(), run.epochs(),
                    run.problem().orElse(String.format(Locale.ROOT, "loss %.4f, size %.0f", run.drop(),
                            run.size())));
            output.err().flush();
        }
    }
}
