package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.espalier.io.Json;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.Recipe;
import org.espalier.prune.pipeline.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Recipes: what a pipeline does, as text. */
@Command(
        name = "recipe",
        description = "Lists, shows, checks and explains recipes.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier recipe list",
            "  espalier recipe show smallest > mine.txt",
            "  espalier recipe check mine.txt",
            "  espalier recipe explain mine.txt --model wine.safetensors"
        })
final class RecipeCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which one: list, show, check or explain?");
    }

    @Command(name = "list", description = "The recipes that come with the tool.", mixinStandardHelpOptions = true)
    int list(@Mixin Output output) {
        Presets.NAMES.forEach(name -> output.say("%-10s %s", name, Presets.purpose(name)));
        output.result(() -> {
            var json = Json.object();
            for (var name : Presets.NAMES) {
                json = json.with(name, Presets.purpose(name));
            }
            return json;
        });
        return Failures.GOOD;
    }

    @Command(name = "show", description = "Prints a recipe that comes with the tool, to begin with.",
            mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "NAME") String name) {
        var out = spec.commandLine().getOut();
        try {
            out.print(Presets.text(name));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        out.flush();
        return Failures.GOOD;
    }

    @Command(name = "check", description = "Reads a recipe; an error has the number of the line.",
            mixinStandardHelpOptions = true)
    int check(@Parameters(paramLabel = "FILE") Path file, @Mixin Output output) throws IOException {
        var recipe = recipe(file);
        output.say("%s: %d %s", file, recipe.stages().size(), recipe.stages().size() == 1 ? "stage" : "stages");
        output.result(() -> Json.object().with("stages", recipe.stages().size()).with("recipe", recipe.toText()));
        return Failures.GOOD;
    }

    @Command(name = "explain",
            description = "Says what each stage does; with a model also what it would leave, and what may go wrong.",
            mixinStandardHelpOptions = true)
    int explain(
            @Parameters(paramLabel = "FILE", description = "A recipe file, or the name of a preset.") Path file,
            @Option(names = "--model", paramLabel = "MODEL", description = "A model of any kind.") Optional<Path> model,
            @Mixin ModelOptions reading,
            @Mixin Output output)
            throws IOException {
        var recipe = recipe(file);
        int number = 0;
        for (var stage : recipe.stages()) {
            output.say("%d. %s", ++number, stage.name());
            output.say("   %s", stage.description());
            output.say("   %s", course(stage));
        }
        if (model.isEmpty()) {
            output.result(() -> Json.object().with("stages", recipe.stages().size()));
            return Failures.GOOD;
        }
        var saved = reading.read(model.get());
        var plan = plan(recipe, saved);
        output.say("");
        output.print(plan.toTable());
        output.result(plan::toJson);
        return Failures.GOOD;
    }

    private static PruningReport plan(Recipe recipe, SavedModel saved) {
        try {
            return Pipeline.of(saved.model(), recipe).plan();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; with samples, 'espalier prune --dry-run' plans it",
                    e);
        }
    }

    private static String course(Stage stage) {
        var text = new StringBuilder("in ").append(stage.steps()).append(stage.steps() == 1 ? " step" : " steps");
        if (stage.steps() > 1) {
            text.append(" with ").append(stage.epochsBetween())
                    .append(stage.epochsBetween() == 1
                            ? " epoch of training between them"
                            : " epochs of training between them");
        }
        text.append(stage.epochs().isPresent()
                ? ", " + stage.epochs().getAsInt() + " epochs after the last"
                : ", the usual training after the last");
        stage.tolerance().ifPresent(drop -> text.append("; goes back if the score drops by more than ").append(drop));
        return text.toString();
    }

    private static Recipe recipe(Path file) throws IOException {
        return !Files.exists(file) && Presets.NAMES.contains(file.toString())
                ? Presets.recipe(file.toString())
                : PruningOptions.read(file);
    }
}
