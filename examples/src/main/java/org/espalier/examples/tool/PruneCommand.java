package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prunes a trained model. */
@Command(
        name = "prune",
        description = "Prunes a trained model of any kind and trains what is left.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier prune wine.safetensors --data wine.csv --keep 10 --out small.safetensors",
            "  espalier prune wine.safetensors --data wine.csv --within bytes=5KB --out small.safetensors",
            "  espalier prune wine.safetensors --data wine.csv --preset smallest --dry-run --out small.safetensors"
        })
final class PruneCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL",
            description = "A model file, a PyTorch state, an ONNX graph, scikit-learn arrays.")
    private Path model;

    @Mixin
    private DataOptions data;

    @Mixin
    private PruningOptions pruning;

    @Mixin
    private TrainingOptions training;

    @Mixin
    private ModelOptions reading;

    @Mixin
    private FileOptions files;

    @Option(names = "--speed", description = "Measure both models on this machine for the report: some seconds.")
    private boolean timed;

    @Option(names = "--dry-run", description = "Say what would be done and what may go wrong, and do nothing.")
    private boolean dryRun;

    @Mixin
    private RunState state;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        files.prepare();
        var recipe = pruning.recipe();
        var saved = reading.read(model);
        saved.assumptions().forEach(assumed -> output.warn("assumed: %s", assumed));
        var all = data.read(saved.schema()).fitting(saved.model());
        TrainJob.describe(all, output);
        var parts = training.split(all);
        var about = saved.carried().isEmpty() ? all.described() : saved.carried();
        var job = new PruneJob(saved.model(), parts, about, training,
                pruning.retraining(training.epochs(parts.train())), files);
        var flow = new PruneFlow(job, pruning, state, output);
        if (dryRun) {
            return flow.plan(recipe);
        }
        state.open(files.path());
        return state.guard(() -> training.onThreads(
                () -> flow.run(recipe, JobProgress.of(output), Optional.empty(), timed)));
    }
}
