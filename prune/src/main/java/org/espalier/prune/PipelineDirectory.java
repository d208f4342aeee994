package org.espalier.prune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.ModelFile;
import org.espalier.nn.StateDict;

/**
 * The models after the stages of one run, a file each: with the report so far, and the recipe and the seed by which a
 * later run knows its own.
 */
final class PipelineDirectory {
    private static final String RECIPE = "espalier.recipe";
    private static final String REPORT = "espalier.report";

    private final Path directory;
    private final LayerKinds kinds;
    private final Recipe recipe;
    private final long seed;

    /** What was saved after a stage. */
    record Saved(StateDict state, PruningReport report) {}

    PipelineDirectory(Path directory, LayerKinds kinds, Recipe recipe, long seed) {
        this.directory = directory;
        this.kinds = kinds;
        this.recipe = recipe;
        this.seed = seed;
    }

    void save(Layer model, PruningReport report) throws IOException {
        Files.createDirectories(directory);
        ModelFile.of(model)
                .with(RECIPE, recipe.toText())
                .with(REPORT, report.toJson().compact())
                .write(file(report.stages().size()));
    }

    /** The state after the latest saved stage. */
    Optional<Saved> latest() throws IOException {
        for (int stage = recipe.stages().size(); stage > 0; stage--) {
            if (Files.exists(file(stage))) {
                return Optional.of(read(stage));
            }
        }
        return Optional.empty();
    }

    private Saved read(int stage) throws IOException {
        var path = file(stage).toString();
        var file = ModelFile.read(file(stage), kinds);
        if (!recipe.toText().equals(file.metadata().get(RECIPE))) {
            throw new FormatException(path, "it is of a run with another recipe; use another directory");
        }
        if (!(Json.parse(file.metadata().getOrDefault(REPORT, "")) instanceof Json.Obj json)) {
            throw new FormatException(path, "its report is not a JSON object");
        }
        var report = PruningReport.fromJson(json);
        if (report.seed() != seed || report.stages().size() != stage) {
            throw new FormatException(path, "it is of a run with another seed; use another directory");
        }
        return new Saved(StateDict.of(file.model()), report);
    }

    private Path file(int stage) {
        return directory.resolve(String.format(Locale.ROOT, "stage-%02d.safetensors", stage));
    }
}
