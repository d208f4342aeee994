package org.espalier.nn.onnx;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.io.Npy;
import org.espalier.nn.Layer;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * Files that other programs wrote, with inputs and what the model must give for them: whole models in {@code models},
 * small graphs with one question each in {@code graphs}. Expected values are by hand, of PyTorch or of ONNX Runtime.
 */
final class OnnxCases {
    /** Graphs that are invalid: a refusal is the right answer. */
    static final Set<String> INVALID = Set.of("s06_reshape_0_wrong", "s_empty", "s_no_opset", "c01_both");

    /** Files with floats of other types than float32, which are read with asFloat32(). */
    private static final Set<String> OTHER_FLOATS = Set.of("torch_double", "c12_double", "c12_half", "c01_double_data",
            "c01_f16_int32data", "c12_bf16_weights_float_in");

    /** Which of several outputs is expected. */
    private static final Map<String, String> OUTPUTS = Map.of("c03_two_outputs", "p", "c03_logits_and_probs", "p",
            "torch_two_outputs", "probabilities", "sklearn_breast", "probabilities", "sklearn_wine", "probabilities");

    /** One case: the file, an input and the expected output. */
    record Case(String name, Path file, Tensor x, Tensor y) {
        Layer model() throws IOException {
            var file = OnnxFile.read(this.file);
            if (OTHER_FLOATS.contains(name)) {
                file = file.asFloat32();
            }
            return OUTPUTS.containsKey(name) ? file.model(OUTPUTS.get(name)) : file.model();
        }

        boolean isValid() {
            return !INVALID.contains(name);
        }

        /** The largest difference that is allowed, relative for values above 1. */
        double tolerance() {
            return name.equals("c12_half") ? 1e-3 : name.equals("c12_bf16_weights_float_in") ? 1e-2 : 1e-5;
        }

        /** The largest difference to the expected output, relative for values above 1; NaN for another shape. */
        double difference(Tensor actual) {
            // values of models are written a row per sample, without the other axes
            boolean fits = file.getParent().endsWith("models")
                    ? actual.size() == y.size()
                    : actual.shape().equals(y.shape());
            double largest = fits ? 0 : Double.NaN;
            for (int i = 0; fits && i < y.size(); i++) {
                double expected = y.toArray()[i];
                double difference = Math.abs(actual.toArray()[i] - expected) / Math.max(1, Math.abs(expected));
                largest = Double.isNaN(difference) ? Double.NaN : Math.max(largest, difference);
            }
            return largest;
        }
    }

    private OnnxCases() {}

    static List<Case> all() throws IOException {
        var cases = new ArrayList<Case>();
        for (var kind : List.of("models", "graphs")) {
            var directory = directory().resolve(kind);
            try (var files = Files.list(directory)) {
                for (var file : files.filter(path -> path.toString().endsWith(".onnx")).sorted().toList()) {
                    var name = file.getFileName().toString().replace(".onnx", "");
                    cases.add(new Case(name, file, values(directory, name + ".x"), values(directory, name + ".y")));
                }
            }
        }
        return cases;
    }

    static Case of(String name) throws IOException {
        return all().stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow();
    }

    private static Path directory() {
        try {
            return Path.of(OnnxCases.class.getResource("cases").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Tensor values(Path directory, String name) throws IOException {
        var array = directory.resolve(name + ".npy");
        if (Files.exists(array)) {
            return Npy.read(array).toTensor();
        }
        var rows = Files.readAllLines(directory.resolve(name + ".csv"));
        var numbers = rows.stream().flatMap(row -> List.of(row.split(",")).stream()).map(Float::parseFloat).toList();
        var elements = new float[numbers.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = numbers.get(i);
        }
        int width = elements.length / rows.size();
        // the only model with an input of more axes
        return name.equals("torch_view.x")
                ? Tensor.of(Shape.of(rows.size(), 1, 6, 6), elements)
                : Tensor.of(Shape.of(rows.size(), width), elements);
    }
}
