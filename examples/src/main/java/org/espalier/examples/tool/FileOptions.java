package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.PackedWeight;
import org.espalier.compressed.Packing;
import org.espalier.compressed.QuantizedWeight;
import org.espalier.io.FormatException;
import org.espalier.nn.Layer;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Artifact;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.QuantizationStage;
import org.espalier.prune.pipeline.Recipe;
import org.espalier.prune.quantize.QuantizedModel;
import org.espalier.prune.quantize.WeightFormat;
import picocli.CommandLine.Option;

/** The file that a command writes: where, and in which form. */
final class FileOptions {
    private static final Packing HALVES = new Packing(Layout.ALL, Encoding.bfloat16());

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model file to write.")
    private Path out;

    @Option(names = "--pack", paramLabel = "PACKING",
            description = "Round weights in the file, such as \"gaps int8\", \"gaps int4\", \"gaps codebook5\"; biases "
                    + "then take 16 bits. Default: the smallest form that loses nothing.")
    private String pack;

    /** The file. */
    Path path() {
        return out;
    }

    /** The file of a record beside it, which a report is made of. */
    Path record() {
        var name = out.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return out.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".run.json");
    }

    /** Makes the folder of the file, so that a long job does not fail at its end. */
    void prepare() throws IOException {
        if (Files.isDirectory(out)) {
            throw new IllegalArgumentException(out + " is a folder; --out names the file to write");
        }
        Files.createDirectories(out.toAbsolutePath().getParent());
        packing();
    }

    private Optional<Packing> packing() throws FormatException {
        return pack == null ? Optional.empty() : Optional.of(Packing.parse(pack));
    }

    /** The file of a model as it is. */
    ModelFile file(Layer model, Map<String, String> about) throws FormatException {
        var file = ModelFile.of(model);
        for (var entry : about.entrySet()) {
            file = file.with(entry.getKey(), entry.getValue());
        }
        return packing().isPresent() ? file.packed(packing().get(), HALVES) : file;
    }

    /** The file of a model that a pipeline has pruned: shrunk, with its recipe, rounded as its last stages say. */
    ModelFile file(Layer pruned, Map<String, String> about, Recipe recipe, PruningReport report)
            throws FormatException {
        var small = Shrink.of(pruned).model();
        var rounding = rounding(recipe, report);
        var computed = small;
        if (rounding.isPresent()) {
            int index = recipe.stages().indexOf(rounding.get());
            var scales = report.stages().get(index).inputScales().orElse(Map.of());
            computed = rounding.get().how().computed(small, scales);
        }
        var file = Artifact.of(computed, recipe, report);
        for (var entry : about.entrySet()) {
            file = file.with(entry.getKey(), entry.getValue());
        }
        if (packing().isPresent()) {
            return file.packed(packing().get(), HALVES);
        }
        return rounding.isPresent() && computed == small
                ? file.packed(codes(small, rounding.get().how().weights()))
                : file;
    }

    /** The last stage that rounded weights, if its result was kept. */
    private static Optional<QuantizationStage> rounding(Recipe recipe, PruningReport report) {
        QuantizationStage last = null;
        for (int i = 0; i < report.stages().size(); i++) {
            if (recipe.stages().get(i) instanceof QuantizationStage stage && report.stages().get(i).keptStep() > 0) {
                last = stage;
            }
        }
        return Optional.ofNullable(last);
    }

    /** The codes of weights that are rounded already, each in the smallest layout. */
    static Map<String, PackedWeight> codes(Layer rounded, WeightFormat format) {
        var codes = format instanceof WeightFormat.Integers(int bits)
                ? QuantizedModel.ofRounded(rounded, bits)
                : QuantizedModel.of(rounded, format);
        return packed(rounded, codes);
    }

    /** The codes of a quantized model, each in the smallest layout. */
    static Map<String, PackedWeight> packed(Layer model, QuantizedModel codes) {
        var parameters = model.parameters();
        var packed = new HashMap<String, PackedWeight>();
        codes.weights().forEach((name, weight) -> packed.put(name, smallest(parameters.get(name), weight)));
        return packed;
    }

    private static PackedWeight smallest(Parameter parameter, QuantizedWeight weight) {
        var mask = parameter.mask().orElse(Mask.all(parameter.shape()));
        boolean masked = parameter.kept() < parameter.size();
        PackedWeight best = null;
        for (var layout : Layout.values()) {
            // The layouts of some elements stand for a mask, and only for one.
            if ((layout == Layout.ALL) == masked) {
                continue;
            }
            var one = PackedWeight.of(layout, weight, mask::keeps);
            best = best == null || one.bytes() < best.bytes() ? one : best;
        }
        return best;
    }
}
