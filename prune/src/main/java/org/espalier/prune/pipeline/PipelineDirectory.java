package org.espalier.prune.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.nn.model.ModelFile;

/**
 * The models after the stages of one run, a file each: with the report so far, and what a later run knows its own by:
 * the recipe, the seed, and the fingerprints of the calibration and of the tables of costs and formats.
 */
final class PipelineDirectory {
    private static final String RECIPE = "espalier.recipe";
    private static final String REPORT = "espalier.report";

    private final Path directory;
    private final Recipe recipe;
    private final long seed;
    private final Map<String, String> given;

    /** What was saved after a stage. */
    record Saved(StateDict state, PruningReport report) {}

    /**
     * A directory of a run.
     *
     * @param given the fingerprints of what the run was given, by what it is
     */
    PipelineDirectory(Path directory, Recipe recipe, long seed, Map<String, String> given) {
        this.directory = directory;
        this.recipe = recipe;
        this.seed = seed;
        this.given = new TreeMap<>(given);
    }

    void save(Layer model, PruningReport report) throws IOException {
        Files.createDirectories(directory);
        var file = ModelFile.of(model)
                .with(RECIPE, recipe.toText())
                .with(REPORT, report.toJson().compact());
        for (var one : given.entrySet()) {
            file = file.with(key(one.getKey()), one.getValue());
        }
        file.write(file(report.stages().size()));
    }

    /** The state of this model after the latest saved stage. */
    Optional<Saved> latest(Layer model) throws IOException {
        for (int stage = recipe.stages().size(); stage > 0; stage--) {
            if (Files.exists(file(stage))) {
                return Optional.of(read(stage, model));
            }
        }
        return Optional.empty();
    }

    private Saved read(int stage, Layer model) throws IOException {
        var path = file(stage).toString();
        var file = ModelFile.read(file(stage), model);
        if (!recipe.toText().equals(file.metadata().get(RECIPE))) {
            throw new FormatException(path, "it is of a run with another recipe; use another directory");
        }
        for (var one : given.entrySet()) {
            if (!one.getValue().equals(file.metadata().get(key(one.getKey())))) {
                throw new FormatException(path, "it is of a run with another " + one.getKey()
                        + "; give the pipeline the same, or use another directory");
            }
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

    private static String key(String given) {
        return "espalier." + given.replace(' ', '.') + ".sha256";
    }

    private Path file(int stage) {
        return directory.resolve(String.format(Locale.ROOT, "stage-%02d.safetensors", stage));
    }
}
