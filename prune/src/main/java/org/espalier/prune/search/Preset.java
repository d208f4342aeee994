package org.espalier.prune.search;

import java.util.ArrayList;
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
import org.espalier.prune.criterion.Taylor;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Artifact;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.Recipe;
import org.espalier.prune.pipeline.Stage;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.WeightFormat;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.SparsityPattern;
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
 * @param name what recipes and the tool call it
 * @param purpose what it does and what it is for, in a line
 * @param sparsity how much of the weights it removes, unless its floor keeps more
 * @param effort its epochs, in multiples of those that the number of samples asks for
 * @param candidate how it prunes; where it distills, only if the outputs are classes
 */
public record Preset(String name, String purpose, double sparsity, double effort, Candidate candidate) {
    private static final int CALIBRATION = 1000;
    private static final int CALIBRATION_BATCH = 100;

    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public Preset {
        if (!(sparsity > 0 && sparsity < 1) || !(effort > 0)) {
            throw new IllegalArgumentException("a preset needs a sparsity in (0, 1) and an effort above 0, not "
                    + sparsity + " and " + effort);
        }
    }

    /** 50 % in two cubic steps, by normalized magnitude over all layers. Each layer keeps 1,000 weights at least. */
    public static Preset light() {
        return new Preset("light",
                "keeps half of the weights, 1,000 in each layer at least: safe for small networks", 0.5, 1,
                inSteps(2, 1000));
    }

    /** 80 % in three cubic steps, by normalized magnitude over all layers. Each layer keeps 1,000 weights at least. */
    public static Preset balanced() {
        return new Preset("balanced",
                "keeps a fifth of the weights, 1,000 in each layer at least: rarely costs accuracy", 0.8, 1,
                inSteps(3, 1000));
    }

    /** 95 % during one long training, spread over the layers by LAMP; classes with distillation. */
    public static Preset strong() {
        return new Preset("strong",
                "keeps a twentieth of the weights, chosen while training: for networks that are large for their task",
                0.95, 2,
                Candidate.training("gradual", sparsity -> Candidate.gradual(sparsity, Allocation.lamp())).distilling());
    }

    /**
     * 90 % in five cubic steps, by normalized magnitude over all layers, twice the epochs, and weights of 8 bits. Each
     * layer keeps 500 weights at least.
     */
    public static Preset smallest() {
        return new Preset("smallest",
                "a small file: keeps a tenth of the weights, 500 in each layer at least, in 8 bits each", 0.9, 2,
                inSteps(5, 500).packed("gaps int8"));
    }

    /**
     * 80 % at once, by normalized magnitude over all layers, and a third of the epochs. Each layer keeps 1,000 weights
     * at least.
     */
    public static Preset fast() {
        return new Preset("fast",
                "quickly done: keeps a fifth of the weights, 1,000 in each layer at least, removed at once", 0.8,
                1.0 / 3,
                Candidate.of("one-shot", byMagnitude(1000)));
    }

    /** Half of the neurons, by a Taylor expansion of the loss; no layer loses more than nine tenths of its own. */
    public static Preset neurons() {
        return new Preset("neurons", "fast without sparse weights: half of the neurons go", 0.5, 1,
                Candidate.of("neurons", Pruner.of(
                        Taylor.ABSOLUTE, SparsityPattern.neurons(), Allocation.globalNormalized())
                        .floor(Floor.share(0.1))));
    }

    /**
     * 87.5 % in three cubic steps, in blocks of a column that vector instructions compute together, by normalized
     * magnitude over all layers. Each layer keeps 300 blocks at least, so small last layers stay whole; blocks that the
     * last rows cut off compete with the others, and mostly lose.
     *
     * @param rows neurons in a block, such as 8 or 4
     * @throws IllegalArgumentException if it is not positive
     */
    public static Preset blocks(int rows) {
        var pruner = Pruner.of(
                Criterion.magnitude(), SparsityPattern.blocks(rows, 1), Allocation.globalNormalized());
        return new Preset("blocks-" + rows + "x1",
                "for speed: keeps an eighth of the weights, where " + rows + " neurons share an input", 0.875, 1,
                Candidate.of("steps",
                        pruner.floor(new Floor(300, 0, true)).schedule(SparsitySchedule.cubic(3))));
    }

    /**
     * N of every M inputs of each neuron, in three cubic steps, by magnitude. Inputs behind the last whole group of M
     * all stay, so that a table of few columns loses none.
     *
     * @param n weights to keep in each group, at least 1
     * @param m weights in a group, more than {@code n}
     * @throws IllegalArgumentException if that leaves nothing to keep or to remove
     */
    public static Preset nm(int n, int m) {
        var pattern = new SparsityPattern.NM(m, SparsityPattern.Remainder.DENSE);
        return new Preset(n + "-of-" + m,
                "for speed: keeps " + n + " of every " + m + " inputs of each neuron, so that all have as many",
                (double) (m - n) / m, 1,
                Candidate.of("steps",
                        Pruner.of(Criterion.magnitude(), pattern, Allocation.perLayer())
                                .schedule(SparsitySchedule.cubic(3))));
    }

    /** All of them, the usual ones by how much they remove; last the patterns that vector instructions like. */
    public static List<Preset> all() {
        return List.of(light(), balanced(), strong(), smallest(), fast(), neurons(), blocks(8), blocks(4), nm(1, 8),
                nm(2, 16));
    }

    private static Candidate inSteps(int steps, int floor) {
        return Candidate.of("steps", byMagnitude(floor).schedule(SparsitySchedule.cubic(steps)));
    }

    /** With a floor, since small networks have few weights to spare, and their small layers none. */
    private static Pruner byMagnitude(int floor) {
        return Unstructured.globalNormalized(Criterion.magnitude()).floor(new Floor(floor, 0, true));
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

    /** For how many epochs it trains on this many samples. */
    public int epochs(int samples) {
        return Math.max(1, (int) Math.rint(effort * SearchSettings.epochs(samples)));
    }

    /**
     * Its stages without epochs, for a program that has its own; what {@link #file} rounds is a stage here. Without
     * distillation, which is no part of a recipe.
     */
    public Recipe recipe() {
        var stages = new ArrayList<Stage>(candidate.stages().apply(sparsity));
        candidate.packing().ifPresent(packing -> {
            var format = packing.substring(packing.indexOf(' ') + 1);
            stages.add(Stage.quantization(format, Quantization.of(WeightFormat.parse(format))).epochs(0));
        });
        return new Recipe(stages);
    }

    /** Its stages for training on this many samples. */
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
