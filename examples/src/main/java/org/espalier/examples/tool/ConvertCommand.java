package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.io.Json;
import org.espalier.io.Npz;
import org.espalier.io.RawTensor;
import org.espalier.nn.Dropout;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Parameter;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.model.PyTorchFile;
import org.espalier.nn.onnx.OnnxFile;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a model in another format. */
@Command(
        name = "convert",
        description = "Reads a model of any kind and writes it as the name of the new file says: .safetensors (a "
                + "model file; with --state-dict the tensors alone, as PyTorch names them), .onnx, or .npz (coefs_0, "
                + "intercepts_0, … of a plain network). The new file is read back and compared.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier convert wine.safetensors wine.onnx",
            "  espalier convert state.pt net.safetensors --activation tanh"
        })
final class ConvertCommand implements Callable<Integer> {
    private static final int ROWS = 16;
    private static final double CLOSE = 1e-4;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model of any kind.")
    private Path model;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write.")
    private Path out;

    @Option(names = "--state-dict", description = "Write tensors by PyTorch's names, without the layers.")
    private boolean stateDict;

    @Mixin
    private ModelOptions reading;

    @Mixin
    private Output output;

    @Override
    public Integer call() throws IOException {
        var name = out.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".pt") || name.endsWith(".pth")) {
            throw output.usage("%s: files of Python objects are read but not written; write .safetensors with "
                    + "--state-dict, which PyTorch loads by safetensors.torch.load_file", out);
        }
        if (!name.endsWith(".safetensors") && !name.endsWith(".onnx") && !name.endsWith(".npz")) {
            throw output.usage("%s: the name of the new file must end with .safetensors, .onnx or .npz", out);
        }
        var saved = reading.read(model);
        saved.assumptions().forEach(assumed -> output.warn("assumed: %s", assumed));
        Files.createDirectories(out.toAbsolutePath().getParent());
        if (name.endsWith(".onnx")) {
            onnx(saved).write(out);
        } else if (name.endsWith(".npz")) {
            Npz.write(out, arrays(saved.model()));
        } else if (stateDict) {
            PyTorchFile.of(saved.model()).write(out);
        } else {
            own(saved).write(out);
        }
        double difference = difference(saved);
        output.say("wrote     %s, %,d bytes (before: %,d); read back, outputs differ by at most %.3g", out,
                Files.size(out), saved.bytes(), difference);
        long bytes = Files.size(out);
        output.result(() -> Json.object().with("model", out.toString()).with("bytes", bytes)
                .with("difference", ModelScores.number(difference)));
        if (!(difference <= CLOSE)) {
            throw new CheckFailedException("the model read back from " + out + " gives other outputs: they differ by "
                    + difference);
        }
        return Failures.GOOD;
    }

    private static OnnxFile onnx(SavedModel saved) {
        var file = OnnxFile.of(saved.model());
        for (var entry : saved.carried().entrySet()) {
            file = file.with(entry.getKey(), entry.getValue());
        }
        return file;
    }

    private static ModelFile own(SavedModel saved) {
        if (saved.file().isPresent()) {
            return saved.file().get();
        }
        return ModelFile.of(saved.model());
    }

    /** The arrays of a chain of linear layers with ReLU between, as scikit-learn calls them. */
    private LinkedHashMap<String, RawTensor> arrays(Layer chain) {
        var arrays = new LinkedHashMap<String, RawTensor>();
        int count = 0;
        var layers = chain instanceof Sequential ? chain.children().values() : List.of(chain);
        for (var layer : layers) {
            if (layer instanceof Linear linear) {
                arrays.put("coefs_" + count, RawTensor.of(linear.weight().value().transpose()));
                var bias = linear.bias().map(Parameter::value).orElse(Tensor.zeros(Shape.of(linear.out())));
                arrays.put("intercepts_" + count++, RawTensor.of(bias));
            } else if (!layer.parameters().isEmpty() || !isBetween(layer)) {
                throw new IllegalArgumentException(layer + " has no place among scikit-learn's arrays; "
                        + "write .onnx or .safetensors");
            }
        }
        return arrays;
    }

    private boolean isBetween(Layer layer) {
        return layer.getClass() == reading.between().getClass() || layer instanceof Dropout;
    }

    /** The largest difference of an output on random rows, relative to outputs above 1. */
    private double difference(SavedModel before) throws IOException {
        var rows = RandomRows.of(before, ROWS);
        SavedModel after;
        if (stateDict && out.toString().endsWith(".safetensors")) {
            var copy = Layers.copy(before.model());
            PyTorchFile.read(out).applyTo(copy);
            after = SavedModel.of(out, before.kind(), copy, List.of(), List.of());
        } else {
            after = reading.read(out);
        }
        float[] wanted = Storage.array(before.outputs(rows));
        float[] given = Storage.array(after.outputs(rows));
        double largest = given.length == wanted.length ? 0 : Double.NaN;
        for (int i = 0; i < wanted.length && !Double.isNaN(largest); i++) {
            double d = Math.abs((double) given[i] - wanted[i]) / Math.max(1, Math.abs(wanted[i]));
            largest = Math.max(largest, d);
        }
        return largest;
    }
}
