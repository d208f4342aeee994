package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.espalier.compressed.Packing;
import org.espalier.io.FileKind;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.onnx.OnnxFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a file of weights holds. */
@Command(
        name = "inspect",
        description = "Lists the tensors of a file: a model file, safetensors, PyTorch, ONNX, NumPy or IDX. How many "
                + "values are not zero, per tensor and per row, how large they are, and what the model would take in "
                + "other forms.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier inspect small.safetensors",
            "  espalier inspect state.pt --json"
        })
final class InspectCommand implements Callable<Integer> {
    private static final int LONGEST_TEXT = 100;
    private static final List<String> FORMS = List.of("gaps int8", "gaps int4", "gaps codebook5");

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file;

    @Mixin
    private ModelOptions reading;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        var kind = FileKind.of(DataOptions.head(file));
        output.say("%s: %,d bytes, %s", file, Files.size(file), kind.what());
        var json =
                Json.object().with("file", file.toString()).with("bytes", Files.size(file)).with("kind", kind.name());
        var found = switch (kind) {
            case MODEL -> model(json, SavedModel.own(file));
            case ONNX -> onnx(json);
            default -> tensors(json, StoredTensors.read(file, kind));
        };
        output.result(() -> found);
        return Failures.GOOD;
    }

    private Json.Obj tensors(Json.Obj json, Map<String, TensorSummary> tensors) {
        output.say("%s", TensorSummary.HEADER);
        var lines = Json.object();
        for (var entry : tensors.entrySet()) {
            output.say("%s", entry.getValue().line(entry.getKey()));
            lines = lines.with(entry.getKey(), entry.getValue().toJson());
        }
        long kept = tensors.values().stream().mapToLong(TensorSummary::nonzero).sum();
        long all = tensors.values().stream().mapToLong(TensorSummary::size).sum();
        output.say("%-28s %-14s %10d %8.2f", "all", "", kept, all == 0 ? 0 : 100.0 * kept / all);
        return json.with("values", all).with("nonzero", kept).with("tensors", lines);
    }

    private Json.Obj model(Json.Obj json, SavedModel saved) throws IOException {
        output.say("computed as %s", saved.compiled());
        var about = Json.object();
        for (var entry : saved.metadata().entrySet()) {
            var text = entry.getValue().replace("\n", "; ");
            output.say("%s: %s", entry.getKey(),
                    text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text);
            about = about.with(entry.getKey(), entry.getValue());
        }
        var result = tensors(json.with("metadata", about), StoredTensors.of(saved));
        return forms(result, saved);
    }

    /** The bytes of the model in other forms. */
    private Json.Obj forms(Json.Obj json, SavedModel saved) throws FormatException {
        var own = ModelFile.of(saved.model());
        for (var entry : saved.metadata().entrySet()) {
            own = own.with(entry.getKey(), entry.getValue());
        }
        var bytes = new LinkedHashMap<String, Integer>();
        bytes.put("all f32, with masks", own.plain().toBytes().length);
        bytes.put("smallest without loss", own.toBytes().length);
        for (var form : FORMS) {
            bytes.put(form, own.packed(Packing.parse(form), Packing.parse("all bf16")).toBytes().length);
        }
        var forms = Json.object();
        output.say("bytes as");
        for (var entry : bytes.entrySet()) {
            output.say("  %-24s %,10d", entry.getKey(), entry.getValue());
            forms = forms.with(entry.getKey(), entry.getValue());
        }
        return json.with("bytes_as", forms);
    }

    private Json.Obj onnx(Json.Obj json) throws IOException {
        var graph = OnnxFile.read(file);
        graph.inputs().forEach(port -> output.say("input  %s", port));
        graph.outputs().forEach(port -> output.say("output %s", port));
        var ports = json
                .with("inputs", Json.array(graph.inputs().stream().map(Object::toString).toArray(String[]::new)))
                .with("outputs", Json.array(graph.outputs().stream().map(Object::toString).toArray(String[]::new)));
        SavedModel saved;
        try {
            saved = reading.read(file);
        } catch (IOException | IllegalArgumentException e) {
            output.warn("its layers are not shown: %s", e.getMessage());
            return ports.with("problem", e.getMessage());
        }
        output.say("layers %s", saved.model());
        return tensors(ports, StoredTensors.of(saved.model()));
    }
}
