package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.prune.Pruner;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.pipeline.Recipe;
import org.espalier.prune.pipeline.RecipeException;
import org.espalier.prune.pipeline.Stage;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.prune.sparsity.SparsitySchedule;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is pruned and how: a recipe file, a preset, or one stage from options. */
final class PruningOptions {
    private static final String USUAL_PRESET = "balanced";
    private static final double USUAL_SPARSITY = 0.8;

    @Option(names = "--recipe", paramLabel = "FILE", description = "A recipe; 'espalier recipe show' prints some.")
    private Path recipe;

    @Option(names = "--preset", paramLabel = "NAME",
            description = "A recipe that comes with the tool: light, balanced (the default), strong, smallest, fast, "
                    + "neurons, blocks-8x1, blocks-4x1, 1-of-8, 2-of-16.")
    private String preset;

    @Option(names = "--sparsity", paramLabel = "FRACTION", description = "How much to remove, such as 0.9.")
    private Optional<Double> sparsity = Optional.empty();

    @Option(names = "--keep", paramLabel = "PERCENT",
            description = "How much to keep, such as 10: another way to say it.")
    private Optional<Double> keep = Optional.empty();

    @Option(names = "--within", paramLabel = "LIMIT",
            description = "Remove as little as it takes for bytes=27KB (the file), us=5 (one row, here), weights=5%%, "
                    + "parameters=10k or flops=50%%.")
    private String within;

    @Option(names = "--criterion", paramLabel = "NAME", description = "Which weights matter. Default: magnitude l1.")
    private String criterion;

    @Option(names = "--pattern", paramLabel = "NAME",
            description = "What goes together: weights (the default), neurons, inputs, blocks 4x1, pools of 4.")
    private String pattern;

    @Option(names = "--scope", paramLabel = "NAME",
            description = "How the amount is spread over layers: lamp (the default), global, global normalized, erk, "
                    + "per layer.")
    private String scope;

    @Option(names = "--schedule", paramLabel = "NAME",
            description = "In which steps: one-shot, cubic 4 (the default), linear 4, exponential 4.")
    private String schedule;

    @Option(names = "--layers", split = ",", paramLabel = "NAME", description = "Prune these layers only.")
    private String[] layers = {};

    @Option(names = "--tolerance", paramLabel = "DROP",
            description = "Go back to the last step that costs no more than this, such as 0.01 of accuracy.")
    private Optional<Double> tolerance = Optional.empty();

    @Option(names = "--retrain", paramLabel = "EPOCHS",
            description = "Training after each stage. Default: half of that of a new network.")
    private Optional<Integer> retrain = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** The limit to prune to, if there is one. */
    Optional<PruneTarget> budget() {
        return Optional.ofNullable(within).map(text -> wanted(() -> PruneTarget.parse(text)));
    }

    /** Epochs of retraining after a stage. */
    int retraining(int ofTraining) {
        return retrain.orElse(Math.max(1, ofTraining / 2));
    }

    /** The recipe, with the tolerance in every stage that has none; a limit is not in it. */
    Recipe recipe() throws IOException {
        if (recipe != null && preset != null || (recipe != null || preset != null) && hasFlags()) {
            throw wrong("choose one: --recipe, --preset, or options such as --sparsity");
        }
        if (recipe != null && !Files.exists(recipe)) {
            throw new java.nio.file.NoSuchFileException(recipe.toString());
        }
        var chosen = recipe != null
                ? read(recipe)
                : hasFlags()
                        ? new Recipe(List.of(Stage.of("weights", pruner())))
                        : wanted(() -> Presets.recipe(preset == null ? USUAL_PRESET : preset));
        return new Recipe(chosen.stages().stream().map(this::tolerant).toList(), chosen.names());
    }

    /** Reads a recipe file; the message of an error has its name and line. */
    static Recipe read(Path file) throws IOException {
        try {
            return Recipe.parse(Files.readString(file));
        } catch (RecipeException e) {
            throw new IllegalArgumentException(file + ", " + e.getMessage(), e);
        }
    }

    private Stage tolerant(Stage stage) {
        return tolerance.isPresent() && stage.tolerance().isEmpty()
                ? wanted(() -> stage.tolerance(tolerance.get()))
                : stage;
    }

    private boolean hasFlags() {
        return sparsity.isPresent() || keep.isPresent() || within != null || criterion != null || pattern != null
                || scope != null || schedule != null || layers.length > 0;
    }

    private Pruner pruner() {
        if ((sparsity.isPresent() ? 1 : 0) + (keep.isPresent() ? 1 : 0) + (within == null ? 0 : 1) > 1) {
            throw wrong("choose one: --sparsity, --keep or --within");
        }
        return wanted(() -> {
            var pruner = Pruner.of(
                    criterion == null ? Criterion.magnitude() : Criterion.parse(criterion),
                    pattern == null ? SparsityPattern.weights() : SparsityPattern.parse(pattern),
                    scope == null ? Allocation.lamp() : Allocation.parse(scope));
            pruner = pruner.sparsity(amount())
                    .schedule(schedule == null ? SparsitySchedule.cubic(4) : SparsitySchedule.parse(schedule));
            if (pattern == null && pruner.allocation() instanceof Allocation.Lamp) {
                pruner = pruner.floor(Floor.CONNECTED);
            }
            return layers.length == 0 ? pruner : pruner.layers(layers);
        });
    }

    private double amount() {
        if (keep.isPresent()) {
            double percent = keep.get();
            if (!(percent > 0 && percent <= 100)) {
                throw new IllegalArgumentException("--keep is a percentage above 0 and up to 100, not " + percent);
            }
            return 1 - percent / 100;
        }
        return sparsity.orElse(USUAL_SPARSITY);
    }

    private interface Choice<T> {
        T make();
    }

    /** What an option says; if it makes no sense that is wrong use. */
    private <T> T wanted(Choice<T> choice) {
        try {
            return choice.make();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
