package org.espalier.examples.tool;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.nn.Layer;
import org.espalier.prune.pipeline.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The whole job: train, prune, retrain, write one file that serves alone and the record of the run. */
@Command(
        name = "run",
        description = "Trains a network, prunes it, and writes one small file that answers raw rows.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier run --data credit.csv --target outcome --out credit.safetensors",
            "  espalier run --data wine.csv --target cultivar --within bytes=5KB --out wine.safetensors",
            "  espalier run --data MNIST_FOLDER --epochs 3 --keep 10 --out digits.safetensors"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private DataOptions data;

    @Option(names = "--net", split = "-", paramLabel = "WIDTH",
            description = "Widths of the hidden layers, such as 64-32. Default: 64-32, for pictures 300-100.")
    private List<Integer> net = List.of();

    @Mixin
    private TrainingOptions training;

    @Mixin
    private PruningOptions pruning;

    @Mixin
    private FileOptions files;

    @Option(names = "--speed", description = "Measure both models on this machine for the report: some seconds.")
    private boolean timed;

    @Option(names = "--dry-run",
            description = "Say what would be done and what may go wrong, by a network that is not trained.")
    private boolean dryRun;

    @Mixin
    private RunState state;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        files.prepare();
        var recipe = pruning.recipe();
        var all = data.read();
        TrainJob.describe(all, output);
        var parts = training.split(all);
        var train = new TrainJob(parts, training, output);
        var model = train.network(net);
        if (dryRun) {
            return flow(model, parts).plan(recipe);
        }
        flow(model, parts).warn(recipe);
        state.open(files.path());
        return state.guard(() -> training.onThreads(() -> run(train, model, recipe)));
    }

    private int run(TrainJob train, Layer model, Recipe recipe) throws IOException {
        var progress = JobProgress.of(output)
                .stages(recipe.stages(), pruning.retraining(training.epochs(train.parts().train())));
        var trained = train.run(model, progress, state);
        return flow(model, train.parts()).run(recipe, progress, Optional.of(trained), timed);
    }

    private PruneFlow flow(Layer model, Data.Split parts) {
        var job = new PruneJob(model, parts, parts.train().described(), training,
                pruning.retraining(training.epochs(parts.train())), files);
        return new PruneFlow(job, pruning, state, output);
    }
}
