package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.espalier.io.FileKind;
import org.espalier.nn.Activation;
import org.espalier.nn.Layer;
import org.espalier.nn.model.PyTorchFile;
import org.espalier.nn.model.ScikitLearn;
import org.espalier.nn.onnx.OnnxFile;
import picocli.CommandLine.Option;

/** How a model of another program is read. */
final class ModelOptions {
    /** What may stand between the layers of a file that does not say it. */
    enum Between {
        /** max(0, x). */
        RELU,
        /** Hyperbolic tangent. */
        TANH,
        /** 1 / (1 + exp(−x)). */
        SIGMOID,
        /** The Gaussian error linear unit. */
        GELU;

        private Layer layer() {
            return switch (this) {
                case RELU -> Activation.relu();
                case TANH -> Activation.tanh();
                case SIGMOID -> Activation.sigmoid();
                case GELU -> Activation.gelu();
            };
        }
    }

    @Option(names = "--activation", paramLabel = "NAME",
            description = "Between the layers of a PyTorch state or of scikit-learn's arrays, which do not say it: "
                    + "${COMPLETION-CANDIDATES}. Default: relu.")
    private Between activation = Between.RELU;

    @Option(names = "--state", paramLabel = "KEY",
            description = "Which state of a PyTorch checkpoint, such as model_state_dict.")
    private String state;

    @Option(names = "--output", paramLabel = "NAME", description = "Which output of an ONNX graph that has several.")
    private String output;

    /** What stands between the layers of a file that does not say it. */
    Layer between() {
        return activation.layer();
    }

    /** Reads a model of any kind. */
    SavedModel read(Path path) throws IOException {
        byte[] head = DataOptions.head(path);
        var kind = FileKind.of(head);
        return switch (kind) {
            case MODEL -> SavedModel.own(path);
            case PYTORCH_ZIP, PYTORCH_PICKLE, TAR, SAFETENSORS, SHARD_INDEX -> {
                var file = state == null ? PyTorchFile.read(path) : PyTorchFile.read(path, state);
                var proposal = file.proposeModel(activation.layer());
                yield SavedModel.of(path, kind, proposal.model(), List.of(), proposal.assumptions());
            }
            case NPZ -> SavedModel.of(path, kind, ScikitLearn.read(path, activation.layer()), List.of(),
                    List.of("between the layers stands " + activation));
            case ONNX -> onnx(path, kind);
            default -> throw FileKind.mismatch(path.toString(), head, "a model");
        };
    }

    private SavedModel onnx(Path path, FileKind kind) throws IOException {
        var file = OnnxFile.read(path);
        if (output == null && file.outputs().size() > 1) {
            throw new IllegalArgumentException(path + " has several outputs; choose one with --output: "
                    + String.join(", ", file.outputs().stream().map(OnnxFile.Port::toString).toList()));
        }
        var model = output == null ? file.model() : file.model(output);
        var inputs = file.inputs();
        boolean named = inputs.size() > 1 && inputs.stream().allMatch(
                port -> port.sizes().size() == 2 && port.sizes().get(1).equals("1"));
        return SavedModel.of(path, kind, model,
                named ? inputs.stream().map(OnnxFile.Port::name).toList() : List.of(), List.of());
    }
}
