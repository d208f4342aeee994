package org.espalier.prune;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.SafeTensors;
import org.espalier.io.TensorFile;
import org.espalier.nn.Layer;

/**
 * The states after the stages of one run, a safetensors file each, written atomically: values, masks, the report so
 * far, and the recipe and seed by which a later run knows its own.
 */
final class PipelineDirectory {
    private static final String RECIPE = "espalier.recipe";
    private static final String REPORT = "espalier.report";

    private final Path directory;
    private final Recipe recipe;
    private final long seed;

    /** What was saved after a stage. */
    record Saved(ModelState state, PruningReport report) {}

    PipelineDirectory(Path directory, Recipe recipe, long seed) {
        this.directory = directory;
        this.recipe = recipe;
        this.seed = seed;
    }

    void save(ModelState state, PruningReport report) throws IOException {
        Files.createDirectories(directory);
        var metadata = new LinkedHashMap<String, String>();
        metadata.put(RECIPE, recipe.toText());
        metadata.put(REPORT, report.toJson().compact());
        SafeTensors.write(file(report.stages().size()), TensorFile.of(state.toTensors(), metadata));
    }

    /** The state after the latest saved stage. */
    Optional<Saved> latest(Layer model) throws IOException {
        for (int stage = recipe.stages().size(); stage > 0; stage--) {
            if (Files.exists(file(stage))) {
                return Optional.of(read(stage, model));
            }
        }
        return Optional.empty();
    }

    private Saved read(int stage, Layer model) throws IOException {
        var path = file(stage);
        var file = SafeTensors.read(path, SafeTensors.Checksum.REQUIRED);
        if (!(Json.parse(file.metadata(REPORT)) instanceof Json.Obj json)) {
            throw new FormatException(path.toString(), "the report is not a JSON object");
        }
        var report = PruningReport.fromJson(json);
        if (!file.metadata(RECIPE).equals(recipe.toText())
                || report.seed() != seed
                || report.stages().size() != stage) {
            throw new FormatException(
                    path.toString(), "it is of a run with another recipe or seed; use another directory");
        }
        return new Saved(ModelState.read(file, model), report);
    }

    private Path file(int stage) {
        return directory.resolve(String.format(Locale.ROOT, "stage-%02d.safetensors", stage));
    }
}
