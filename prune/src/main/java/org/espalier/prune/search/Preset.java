package org.espalier.prune.search;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.Packing;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.loss.Task;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.train.Objective;
import org.espalier.prune.Pruner;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Artifact;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.Recipe;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.prune.training.Distillation;

/**
 * A recipe that needs no choices.
 *
 * <pre>{@code
 * var pipeline = Preset.balanced().pipeline(model, Loss.crossEntropy(), train);
 * var report = pipeline.run();
 * Preset.balanced().file(model, pipeline.recipe(), report).write(path);
 * }</pre>
 *
 * <p>{@link AutoPrune} finds what is smaller or better for a model, and tests it; a preset takes a single retraining.
 *
 * @param name what the tool calls it
 * @param sparsity how much of the weights it removes, unless its floor keeps more
 * @param effort its epochs, in multiples of those that the number of samples asks for
 * @param candidate how it prunes; where it distills, only if the outputs are classes
 */
public record Preset(String name, double sparsity, double effort, Candidate candidate) {
    private static final int CALIBRATION = 1000;
    private static final int CALIBRATION_BATCH = 100;

    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public Preset {
        if (!(sparsity > 0 && sparsity < 1) || !(effort > 0)) {
            throw new IllegalArgumentException("a preset needs a sparsity in (0, 1) and an effort above 0, not "
                    + sparsity + " and " + effort);
        }
    }

    /**
     * 80 % at once, by normalized magnitude over all layers, and a third of the epochs. Each layer keeps 1,000 weights at
     * least.
     */
    public static Preset fast() {
        return new Preset("fast", 0.8, 1.0 / 3, Candidate.of("one-shot", pruner(1000)));
    }

    /** 80 % in three cubic steps, by normalized magnitude over all layers. Each layer keeps 1,000 weights at least. */
    public static Preset balanced() {
        return new Preset("balanced", 0.8, 1, Candidate.of("steps", pruner(1000).schedule(SparsitySchedule.cubic(3))));
    }

    /**
     * 90 % in five cubic steps, by normalized magnitude over all layers, twice the epochs, and weights of 8 bits. Each
     * layer keeps 500 weights at least.
     */
    public static Preset smallest() {
        return new Preset("smallest", 0.9, 2,
                Candidate.of("steps", pruner(500).schedule(SparsitySchedule.cubic(5))).packed("gaps int8"));
    }

    /** What a layer keeps is a matter of small networks: they have few weights to spare, and small layers none. */
    private static Pruner pruner(int floor) {
        return Unstructured.globalNormalized(Criterion.magnitude()).floor(new Floor(floor, 0, true));
    }

    /** All of them, the quickest first. */
    public static List<Preset> all() {
        return List.of(fast(), balanced(), smallest());
    }

    /**
     * The preset of a name.
     *
     * @throws IllegalArgumentException if there is none; it says which there are
     */
    public static Preset of(String name) {
        return all().stream()
                .filter(preset -> preset.name.equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no preset '" + name + "'; there are "
                        + all().stream().map(Preset::name).collect(Collectors.joining(", "))));
    }

    /** How long it trains on so many samples. */
    public int epochs(int samples) {
        return Math.max(1, (int) Math.rint(effort * SearchSettings.epochs(samples)));
    }

    /** Its stages for a training on so many samples. */
    public Recipe recipe(int samples) {
        return candidate.recipe(sparsity, epochs(samples));
    }

    /**
     * A pipeline that prunes a trained model in place, retraining it by {@link TrainingPlan#standard}.
     *
     * @param loss what it was trained with
     * @param train what retraining learns from
     */
    public Pipeline pipeline(Layer model, Loss loss, Dataset train) {
        return pipeline(model, loss, train, TrainingPlan.standard(train));
    }

    /** The same with another way of retraining. */
    public Pipeline pipeline(Layer model, Loss loss, Dataset train, TrainingPlan plan) {
        var objective = candidate.distilled() && loss.task() == Task.CLASSIFICATION
                ? Distillation.of(Layers.copy(model), loss)
                : Objective.of(loss);
        return Pipeline.of(model, recipe(train.size()))
                .retrain(1, new PlannedRetraining(plan, objective, train))
                .calibrate(Calibration.of(train, loss, CALIBRATION_BATCH, CALIBRATION));
    }

    /**
     * The file of a model that its pipeline has pruned: shrunk, and with weights in as many bits as the preset says.
     *
     * @param recipe that of the pipeline
     * @param report that of the run
     */
    public ModelFile file(Layer model, Recipe recipe, PruningReport report) {
        var file = Artifact.of(Shrink.of(model).model(), recipe, report);
        return candidate.packing()
                .map(packing -> file.packed(
                        Candidate.parse(packing), new Packing(Layout.ALL, Encoding.bfloat16())))
                .orElse(file);
    }
}
