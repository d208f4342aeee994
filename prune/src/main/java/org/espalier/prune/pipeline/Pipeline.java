package org.espalier.prune.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.infer.FormatTable;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.Pruner;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.secondorder.Reconstructor;

/**
 * Hierarchical pruning: stages one after another, global ones and local ones, each followed by retraining and measured
 * before pruning, after pruning and after retraining.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * import org.espalier.nn.data.Dataset;
 * import org.espalier.nn.loss.Loss;
 * import org.espalier.nn.metrics.*;
 * import org.espalier.nn.optim.Optimizer;
 * import org.espalier.nn.train.Trainer;
 * import org.espalier.prune.Unstructured;
 * import org.espalier.prune.criterion.Criterion;
 * import org.espalier.prune.sparsity.SparsitySchedule;
 * import org.espalier.tensor.*;
 * var rows = Rng.of(1).uniform(Shape.of(300, 8), -1, 1);
 * var data = Dataset.of(rows, rows.slice(1, 0, 1).times(2)).split(0.8, 1);
 * var model = Sequential.of(Linear.of(8, 32), Activation.relu(), Linear.of(32, 1));
 * var trainer = Trainer.of(model, Loss.meanSquaredError(), Optimizer.adam(1e-2f));
 * trainer.fit(data.train());
 *
 * PruningReport report = Pipeline.of(model)
 *         .stage("global weights",
 *                 Unstructured.global(Criterion.magnitude()).sparsity(0.8).schedule(SparsitySchedule.cubic(3)))
 *         .stage("local weights", Unstructured.perLayer(Criterion.magnitude()).sparsity(Map.of("fc2", 0.9)))
 *         .retrain(3, Retraining.with(trainer, data.train(), data.validation()))
 *         .evaluate(Measure.of(Metric.rSquared(), data.validation()))
 *         .run();
 * }
 *
 * <p>A pipeline is an immutable value, like a {@link org.espalier.nn.train.Trainer}: every method but {@link #run},
 * {@link #plan} and {@link #recipe} returns another pipeline, and a result that is not used is lost.
 *
 * <p>A run changes the model in place. If it ends with an exception, the model is as it was before, bit for bit. With a
 * {@linkplain #resumeFrom directory}, the state after each stage is saved there, and a run that was cut off continues
 * after the last saved stage with the same result.
 */
public final class Pipeline {
    private final PipelineSettings settings;

    private Pipeline(PipelineSettings settings) {
        this.settings = settings;
    }

    /** A pipeline without stages. */
    public static Pipeline of(Layer model) {
        return new Pipeline(new PipelineSettings(Objects.requireNonNull(model, "model")));
    }

    /** A pipeline with the stages of a recipe. */
    public static Pipeline of(Layer model, Recipe recipe) {
        return of(model).with(copy -> copy.stages = recipe.stages());
    }

    private Pipeline with(Consumer<PipelineSettings> change) {
        var copy = settings.copy();
        change.accept(copy);
        return new Pipeline(copy);
    }

    /** One more stage that prunes, with the pipeline's retraining. */
    public Pipeline stage(String name, Pruner pruner) {
        return stage(Stage.of(name, pruner));
    }

    /** One more stage that prunes and repairs, with the pipeline's retraining. */
    public Pipeline stage(String name, Reconstructor reconstructor) {
        return stage(Stage.of(name, reconstructor));
    }

    /** One more stage. */
    public Pipeline stage(Stage stage) {
        Objects.requireNonNull(stage, "stage");
        return with(copy -> copy.stages = PipelineSettings.append(copy.stages, stage));
    }

    /**
     * How the model recovers, and for how many epochs after a stage that sets none itself.
     *
     * @throws IllegalArgumentException if the epochs are negative
     */
    public Pipeline retrain(int epochs, Retraining retraining) {
        if (epochs < 0) {
            throw new IllegalArgumentException("epochs cannot be negative: " + epochs);
        }
        Objects.requireNonNull(retraining, "retraining");
        return with(copy -> {
            copy.epochs = epochs;
            copy.retraining = Optional.of(retraining);
        });
    }

    /** One more measure; tolerances apply to the first one. Use validation data, not test data. */
    public Pipeline evaluate(Measure measure) {
        Objects.requireNonNull(measure, "measure");
        return with(copy -> copy.measures = PipelineSettings.append(copy.measures, measure));
    }

    /**
     * One more measure of test data. It is taken once, at the end, of the model before the first stage and after the
     * last, so that nothing can be chosen by it. Not for models that cannot be copied.
     */
    public Pipeline test(Measure measure) {
        Objects.requireNonNull(measure, "measure");
        return with(copy -> copy.tests =
                new PipelineTests(PipelineSettings.append(copy.tests.measures(), measure), copy.tests.classes()));
    }

    /** Reports the accuracy within each class on test samples, as {@link #test}. */
    public Pipeline testClasses(int classes, Dataset samples) {
        var test = Optional.of(new PipelineTests.Classes(classes, Objects.requireNonNull(samples, "samples")));
        return with(copy -> copy.tests = new PipelineTests(copy.tests.measures(), test));
    }

    /** The examples that criteria may look at. */
    public Pipeline calibrate(Calibration calibration) {
        return with(copy -> copy.calibration = Objects.requireNonNull(calibration, "calibration"));
    }

    /**
     * The latency of layers: for budgets of microseconds, and for the times that reports predict. The same table gives
     * the same result on any machine.
     */
    public Pipeline costs(LatencyTable costs) {
        return with(copy -> copy.costs = Optional.of(costs));
    }

    /**
     * The formats of layers that a {@link DeployStage} takes instead of measuring them: with an earlier report's table
     * the result is the same again. Layers that it does not have in their size are dense.
     */
    public Pipeline formats(FormatTable table) {
        return with(copy -> copy.formats = Optional.of(table));
    }

    /** The seed of random criteria and of retraining; 0 by default. */
    public Pipeline seed(long seed) {
        return with(copy -> copy.seed = seed);
    }

    /**
     * Saves the model after each stage in this directory, a {@link org.espalier.nn.model.ModelFile} for each, and
     * continues after the last stage that an earlier run has saved there. The pipeline must be the same: its model,
     * stages, seed, calibration batches and tables of costs and formats; the loss, retraining and measures are code and
     * not compared.
     */
    public Pipeline resumeFrom(Path directory) {
        return with(copy -> copy.directory = Optional.of(directory));
    }

    /** One more listener. */
    public Pipeline listen(PipelineListener listener) {
        Objects.requireNonNull(listener, "listener");
        return with(copy -> copy.listeners = PipelineSettings.append(copy.listeners, listener));
    }

    /** The stages as data. */
    public Recipe recipe() {
        return new Recipe(settings.stages);
    }

    /**
     * What a run would leave of each layer, found on a copy of the model without retraining or measuring: weights,
     * bytes, FLOPs, signs of collapse and, with a cost table, microseconds. Counts are exact; where a ranking goes over
     * several layers, retraining may shift some weights between them.
     *
     * @throws StageException if a stage asks for something that cannot be done
     * @throws UnsupportedOperationException if the model cannot be copied because a layer has no configuration
     */
    public PruningReport plan() {
        requireDeployLast();
        var context = context(Layers.copy(settings.model), FormatSource.none());
        return new PipelineRun(context, List.of(), List.of(), Optional.empty(), 0, settings.seed)
                .all(settings.stages.stream()
                        .map(stage -> stage.policy(RetrainingPolicy.DEFAULT))
                        .toList());
    }

    private Layer dense(StateDict before) {
        var dense = Layers.copy(settings.model);
        before.applyTo(dense);
        return dense;
    }

    private Map<String, String> given() {
        return Map.of(
                "calibration", Fingerprint.of(settings.calibration),
                "cost table",
                settings.costs.map(table -> Fingerprint.of(table.toJson().compact())).orElse("none"),
                "format table",
                settings.formats.map(table -> Fingerprint.of(table.toJson().compact())).orElse("none"));
    }

    private StageContext context(Layer model, FormatSource otherwise) {
        return new StageContext(model, settings.calibration, settings.measures, settings.costs,
                settings.formats.map(FormatSource::given).orElse(otherwise));
    }

    /**
     * Runs the stages.
     *
     * @throws StageException if a stage asks for something that cannot be done
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while a step is retrained; its
     *     interrupt flag is still set
     * @throws UncheckedIOException if the directory to resume from cannot be read or written, or holds the states of
     *     another run
     */
    public PruningReport run() {
        settings.stages.forEach(this::requireRetraining);
        requireDeployLast();
        var model = settings.model;
        var before = StateDict.of(model);
        try {
            var run = new PipelineRun(
                    context(model, FormatSource.measured(settings.calibration)), settings.measures,
                    settings.listeners, settings.retraining, settings.epochs, settings.seed);
            var report = settings.directory.isPresent()
                    ? resume(run, settings.directory.get())
                    : run.all(settings.stages);
            var tests = settings.tests;
            return tests.isEmpty() ? report : report.with(tests.run(dense(before), deployed(report)));
        } catch (RuntimeException | Error e) {
            before.applyTo(model);
            throw e;
        }
    }

    private PruningReport resume(PipelineRun run, Path directory) {
        try {
            return run.resume(settings.stages, new PipelineDirectory(directory, recipe(), settings.seed, given()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot resume from " + directory + ": " + e.getMessage(), e);
        }
    }

    private Layer deployed(PruningReport report) {
        int last = settings.stages.size() - 1;
        while (last >= 0 && report.stages().get(last).keptStep() == 0) {
            last--;
        }
        return switch (last < 0 ? null : settings.stages.get(last)) {
            case DeployStage deploy -> Shrink.of(settings.model).model();
            case QuantizationStage rounded ->
                    rounded.computed(
                            settings.model, report.stages().get(last).inputScales().orElse(Map.of()));
            case null, default -> settings.model;
        };
    }

    private void requireDeployLast() {
        for (int i = 0; i < settings.stages.size() - 1; i++) {
            if (settings.stages.get(i) instanceof DeployStage stage) {
                throw new StageException(stage.name(), new IllegalArgumentException("deploy: nothing can come after it,"
                        + " but there is '" + settings.stages.get(i + 1).name() + "'"));
            }
        }
    }

    private void requireRetraining(Stage stage) {
        boolean trains = stage instanceof TrainingStage
                || stage instanceof QuantizationStage rounding && rounding.masks().isPresent();
        if (trains
                && (settings.retraining.isEmpty() || stage.epochs().orElse(settings.epochs) == 0)) {
            throw new StageException(stage.name(), new IllegalArgumentException(
                    "training with " + stage.description() + " needs a retraining of at least one epoch"));
        }
    }
}
