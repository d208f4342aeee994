package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.prune.deploy.ModelCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a network and writes it. */
@Command(
        name = "train",
        description = "Trains a network on a table or on images.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier train --data wine.csv --target cultivar --out wine.safetensors",
            "  espalier train --data MNIST_FOLDER --net 300-100 --epochs 3 --out digits.safetensors"
        })
final class TrainCommand implements Callable<Integer> {
    @Mixin
    private DataOptions data;

    @Option(names = "--net", split = "-", paramLabel = "WIDTH",
            description = "Widths of the hidden layers, such as 64-32. Default: 64-32, for pictures 300-100.")
    private List<Integer> net = List.of();

    @Mixin
    private TrainingOptions training;

    @Mixin
    private FileOptions files;

    @Mixin
    private RunState state;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        files.prepare();
        var all = data.read();
        TrainJob.describe(all, output);
        var parts = training.split(all);
        var job = new TrainJob(parts, training, output);
        var model = job.network(net);
        if (dryRun) {
            output.result(() -> Json.object().with("rows", all.size()).with("weights",
                    ModelCost.of(model).total().weights()));
            return Failures.GOOD;
        }
        state.open(files.path());
        return state.guard(() -> training.onThreads(() -> train(job, model, parts)));
    }

    private int train(TrainJob job, Layer model, Data.Split parts) throws IOException {
        var progress = JobProgress.of(output);
        job.run(model, progress, state);
        files.file(model, parts.train().described()).write(files.path());
        var scores = ModelScores.of(model, parts.validation());
        long bytes = Files.size(files.path());
        output.say("wrote     %s, %,d bytes", files.path(), bytes);
        output.result(() -> Json.object().with("model", files.path().toString()).with("bytes", bytes)
                .with("measure", scores.metric().name()).with("scores", scores.toJson()));
        return Failures.GOOD;
    }
}
