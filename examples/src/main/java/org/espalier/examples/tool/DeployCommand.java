package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.io.Json;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.deploy.Deploy;
import org.espalier.prune.graph.Shrink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shrinks a pruned model and chooses the fastest format of each layer on this machine. */
@Command(
        name = "deploy",
        description = "Leaves out what is pruned away, measures which format of each layer is fastest on this "
                + "machine, and writes a model file that is loaded so.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier deploy small.safetensors --batch 1,128 --out fast.safetensors",
            "  espalier deploy small.safetensors --pack \"gaps int8\" --data wine.csv --tolerance 0.01 --out "
                    + "fast.safetensors"
        })
final class DeployCommand implements Callable<Integer> {
    private static final int SAMPLES = 1000;

    @Parameters(paramLabel = "MODEL", description = "A model of any kind.")
    private Path model;

    @Option(names = "--batch", split = ",", paramLabel = "ROWS",
            description = "Rows in a call that it should be fast for. Default: 1.")
    private int[] batches = {1};

    @Option(names = "--tolerance", paramLabel = "DROP",
            description = "End with exit code 3 if the score drops by more; needs --data.")
    private Optional<Double> tolerance = Optional.empty();

    @Mixin
    private DataOptions data;

    @Mixin
    private ModelOptions reading;

    @Mixin
    private FileOptions files;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        if (tolerance.isPresent() && !data.isGiven()) {
            throw output.usage("--data is missing: --tolerance scores the model");
        }
        files.prepare();
        var saved = reading.read(model);
        var small = Shrink.of(saved.model()).model();
        var rows = data.isGiven() ? data.read(saved.schema()).fitting(saved.model()) : null;
        var samples = rows == null
                ? RandomRows.of(saved, Math.max(SAMPLES, largest()))
                : rows.first(SAMPLES).rows().all().inputs();
        var deployed = Deploy.measure(small, samples, batches);
        var about = new LinkedHashMap<>(saved.carried());
        about.put(InferenceModel.FORMATS, deployed.table().toJson().compact());
        files.file(small, about).write(files.path());
        output.print(deployed.table().toString());
        long bytes = Files.size(files.path());
        output.say("wrote     %s, %,d bytes (before: %,d)", files.path(), bytes, saved.bytes());
        var json = Json.object().with("model", files.path().toString()).with("bytes", bytes)
                .with("bytes_before", saved.bytes()).with("formats", deployed.table().toJson());
        if (rows == null) {
            output.result(() -> json);
            return Failures.GOOD;
        }
        ScoreChange.of(saved.model(), ModelFile.read(files.path()).model(), rows).report(output, json, tolerance);
        return Failures.GOOD;
    }

    private int largest() {
        return Arrays.stream(batches).max().orElse(1);
    }
}
