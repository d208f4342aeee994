package org.espalier.prune.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Layers;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.infer.FormatTable;
import org.espalier.nn.metrics.Measure;
import org.espalier.prune.Pruner;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.sparsity.SparsitySchedule;

/**
 * Hierarchical pruning: stages one after the other, global ones and local ones, each followed by retraining and
 * measured before pruning, after pruning and after retraining.
 *
 * <pre>{@code PruningReport report = Pipeline.of(model) .stage("global weights",
 * Unstructured.global(Magnitude.l1()).sparsity(0.90).schedule(SparsitySchedule.cubic(10))) .stage("local weights",
 * Unstructured.perLayer(Magnitude.l1()).sparsity(Map.of("fc3", 0.5))) .retrain(3, retraining)
 * .evaluate(Measure.higher("accuracy", validation)) .run(); }</pre>
 *
 * <p>A run changes the model in place. If it ends with an exception, the model is as it was before, bit for bit. With a
 * {@linkplain #resumeFrom directory}, the state after each stage is saved there, and a run that was cut off continues
 * after the last saved stage with the same result. For one thread; not to be changed while it runs.
 */
public final class Pipeline {
    private final Layer model;
    private final List<Stage> stages = new ArrayList<>();
    private final List<Measure> measures = new ArrayList<>();
    private final List<PipelineListener> listeners = new ArrayList<>();
    private final PipelineTests tests = new PipelineTests();
    private Optional<Retraining> retraining = Optional.empty();
    private Optional<Path> directory = Optional.empty();
    private Optional<LatencyTable> costs = Optional.empty();
    private Optional<FormatTable> formats = Optional.empty();
    private Calibration calibration = Calibration.none();
    private LayerKinds kinds = LayerKinds.standard();
    private int epochs = 1;
    private long seed;

    private Pipeline(Layer model) {
        this.model = model;
    }

    /** A pipeline without stages. */
    public static Pipeline of(Layer model) {
        return new Pipeline(model);
    }

    /** A pipeline with the stages of a recipe. */
    public static Pipeline of(Layer model, Recipe recipe) {
        var pipeline = new Pipeline(model);
        recipe.stages().forEach(pipeline::stage);
        return pipeline;
    }

    /** Adds a stage that prunes, with the pipeline's retraining. */
    public Pipeline stage(String name, Pruner pruner) {
        return stage(Stage.of(name, pruner));
    }

    /** Adds a stage that prunes and repairs, with the pipeline's retraining. */
    public Pipeline stage(String name, Reconstructor reconstructor) {
        return stage(Stage.of(name, reconstructor));
    }

    /** Adds a stage. */
    public Pipeline stage(Stage stage) {
        stages.add(stage);
        return this;
    }

    /** How the model recovers, and for how many epochs after a stage that does not say otherwise. */
    public Pipeline retrain(int epochs, Retraining retraining) {
        if (epochs < 0) {
            throw new IllegalArgumentException("epochs cannot be negative: " + epochs);
        }
        this.epochs = epochs;
        this.retraining = Optional.of(retraining);
        return this;
    }

    /** Adds a measure; the first one added is the one that tolerances are about. Use validation data, not test data. */
    public Pipeline evaluate(Measure measure) {
        measures.add(measure);
        return this;
    }

    /**
     * Adds a measure of test data. It is asked once, at the end, of the model before the first stage and after the
     * last, so that nothing can be chosen by it. Not for models that cannot be copied.
     */
    public Pipeline test(Measure measure) {
        tests.add(measure);
        return this;
    }

    /** Reports the accuracy within each class on test samples, as {@link #test}. */
    public Pipeline testClasses(int classes, Dataset samples) {
        tests.classes(classes, samples);
        return this;
    }

    /** The examples that criteria may look at. */
    public Pipeline calibrate(Calibration calibration) {
        this.calibration = calibration;
        return this;
    }

    /**
     * What layers cost in time: for budgets of microseconds, and for the times that reports predict. The same table
     * gives the same result on any machine.
     */
    public Pipeline costs(LatencyTable costs) {
        this.costs = Optional.of(costs);
        return this;
    }

    /**
     * The formats of layers that a {@link DeployStage} takes instead of measuring them: with an earlier report's table
     * the result is the same again. Layers that it does not have in their size are dense.
     */
    public Pipeline formats(FormatTable table) {
        this.formats = Optional.of(table);
        return this;
    }

    /** The seed of random criteria and of retraining; 0 if not said. */
    public Pipeline seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** The kinds of layers of a model that has some of its own, for copying and saving it. */
    public Pipeline kinds(LayerKinds kinds) {
        this.kinds = kinds;
        return this;
    }

    /**
     * Saves the model after each stage in this directory, a {@link org.espalier.nn.model.ModelFile} for each, and
     * continues after the last stage that an earlier run has saved there. The pipeline must be the same: its stages,
     * seed, calibration batches and tables of costs and formats; the loss, retraining and measures are code and not
     * compared.
     */
    public Pipeline resumeFrom(Path directory) {
        this.directory = Optional.of(directory);
        return this;
    }

    /** Adds a listener. */
    public Pipeline listen(PipelineListener listener) {
        listeners.add(listener);
        return this;
    }

    /** The stages as data. */
    public Recipe recipe() {
        return new Recipe(stages);
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
        var context = context(Layers.copy(model), FormatSource.none());
        return new PipelineRun(context, List.of(), List.of(), Optional.empty(), 0, seed)
                .all(stages.stream().map(stage -> stage.policy(RetrainingPolicy.DEFAULT)).toList());
    }

    private Layer dense(StateDict before) {
        var dense = Layers.copy(model);
        before.applyTo(dense);
        return dense;
    }

    private Map<String, String> given() {
        return Map.of(
                "calibration", Fingerprint.of(calibration),
                "cost table", costs.map(table -> Fingerprint.of(table.toJson().compact())).orElse("none"),
                "format table", formats.map(table -> Fingerprint.of(table.toJson().compact())).orElse("none"));
    }

    private StageContext context(Layer model, FormatSource otherwise) {
        return new StageContext(model, kinds, calibration, List.copyOf(measures), costs,
                formats.map(FormatSource::given).orElse(otherwise));
    }

    /**
     * Runs the stages.
     *
     * @throws StageException if a stage asks for something that cannot be done
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while a step is retrained; its
     *     interrupt flag is still set
     * @throws IOException if the directory cannot be read or written, or holds the states of another run
     */
    public PruningReport run() throws IOException {
        stages.forEach(this::requireRetraining);
        requireDeployLast();
        var before = StateDict.of(model);
        try {
            var run = new PipelineRun(
                    context(model, FormatSource.measured(calibration)), measures, listeners, retraining, epochs, seed);
            var report = directory.isPresent()
                    ? run.resume(stages, new PipelineDirectory(directory.get(), kinds, recipe(), seed, given()))
                    : run.all(stages);
            return tests.isEmpty() ? report : report.with(tests.run(dense(before), deployed(report)));
        } catch (RuntimeException | IOException | Error e) {
            before.applyTo(model);
            throw e;
        }
    }

    private Layer deployed(PruningReport report) {
        int last = stages.size() - 1;
        while (last >= 0 && report.stages().get(last).keptStep() == 0) {
            last--;
        }
        return switch (last < 0 ? null : stages.get(last)) {
            case DeployStage deploy -> Shrink.of(model).model();
            case QuantizationStage rounded ->
                    rounded.computed(model, kinds, report.stages().get(last).inputScales().orElse(Map.of()));
            case null, default -> model;
        };
    }

    private void requireDeployLast() {
        for (int i = 0; i < stages.size() - 1; i++) {
            if (stages.get(i) instanceof DeployStage stage) {
                throw new StageException(stage.name(), new IllegalArgumentException(
                        "deploy: nothing can come after it, but there is '" + stages.get(i + 1).name() + "'"));
            }
        }
    }

    private void requireRetraining(Stage stage) {
        boolean trains = stage instanceof TrainingStage
                || stage instanceof QuantizationStage rounding && rounding.masks().isPresent();
        if (trains && (retraining.isEmpty() || stage.epochs().orElse(epochs) == 0)) {
            throw new StageException(stage.name(), new IllegalArgumentException(
                    "training with " + stage.description() + " needs a retraining of at least one epoch"));
        }
    }
}
