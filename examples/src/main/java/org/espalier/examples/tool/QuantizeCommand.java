package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.espalier.io.Json;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.quantize.ActivationQuantization;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.Rounding;
import org.espalier.prune.quantize.WeightFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Quantizes a model's weights, and perhaps the inputs of its layers. */
@Command(
        name = "quantize",
        description = "Quantizes weights after training; with data it says what that costs.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier quantize wine.safetensors --weights int8 --out wine8.safetensors",
            "  espalier quantize wine.safetensors --weights int4 --rounding gptq --data wine.csv --tolerance 0.01 "
                    + "--out wine4.safetensors"
        })
final class QuantizeCommand implements Callable<Integer> {
    private static final int CALIBRATION_ROWS = 1000;
    private static final int CALIBRATION_BATCH = 100;

    @Parameters(paramLabel = "MODEL", description = "A model of any kind.")
    private Path model;

    @Option(names = "--weights", paramLabel = "FORM",
            description = "int2 to int8, \"codebook 32\", bfloat16. Default: ${DEFAULT-VALUE}.")
    private String weights = "int8";

    @Option(names = "--rounding", paramLabel = "NAME",
            description = "gptq or obq, which need --data. Default: to the nearest.")
    private String rounding;

    @Option(names = "--layer-inputs", paramLabel = "FORM",
            description = "Compute with inputs of 8 bits: dynamic, or static min-max, static entropy, which need "
                    + "--data. Default: float32.")
    private String inputs = "float32";

    @Option(names = "--tolerance", paramLabel = "DROP",
            description = "End with exit code 3 if the score drops by more; needs --data.")
    private Optional<Double> tolerance = Optional.empty();

    @Mixin
    private DataOptions data;

    @Mixin
    private ModelOptions reading;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        var how = how();
        boolean needsData = rounding != null || inputs.startsWith("static") || tolerance.isPresent();
        if (needsData && !data.isGiven()) {
            throw output.usage("--data is missing: --rounding, static inputs and --tolerance look at samples");
        }
        var saved = reading.read(model);
        var rows = data.isGiven() ? data.read(saved.schema()).fitting(saved.model()) : null;
        var calibration = rows == null
                ? Calibration.none()
                : Calibration.of(rows.rows(), rows.target().loss(), CALIBRATION_BATCH, CALIBRATION_ROWS);
        var codes = how.apply(saved.model(), calibration);
        var scales = how.inputScales(codes.dequantized(), calibration);
        var computed = how.computed(codes.dequantized(), scales);
        var file = ModelFile.of(computed);
        for (var entry : saved.carried().entrySet()) {
            file = file.with(entry.getKey(), entry.getValue());
        }
        if (computed == codes.dequantized()) {
            file = file.packed(FileOptions.packed(computed, codes));
        }
        Files.createDirectories(out.toAbsolutePath().getParent());
        file.write(out);
        long bytes = Files.size(out);
        output.say("quantize  %s; %,d weights in %d layers", how.text(),
                codes.weights().values().stream().mapToLong(weight -> (long) weight.rows() * weight.columns()).sum(),
                codes.weights().size());
        output.say("wrote     %s, %,d bytes (before: %,d)", out, bytes, saved.bytes());
        var json = Json.object().with("model", out.toString()).with("bytes", bytes).with("bytes_before", saved.bytes());
        if (rows == null) {
            output.result(() -> json);
            return Failures.GOOD;
        }
        ScoreChange.of(saved.model(), ModelFile.read(out).model(), rows).report(output, json, tolerance);
        return Failures.GOOD;
    }

    private Quantization how() {
        try {
            var how = Quantization.of(WeightFormat.parse(weights)).inputs(ActivationQuantization.parse(inputs));
            return rounding == null ? how : how.rounding(Rounding.parse(rounding));
        } catch (IllegalArgumentException e) {
            throw output.usage("%s", e.getMessage());
        }
    }
}
