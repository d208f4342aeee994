package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.io.FileKind;
import org.espalier.io.Idx;
import org.espalier.io.Json;
import org.espalier.io.Npy;
import org.espalier.io.Npz;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.TorchSave;
import org.espalier.nn.Layer;
import org.espalier.nn.model.PyTorchFile;
import org.espalier.tensor.Storage;

/** The tensors of a file, whatever it is. */
final class StoredTensors {
    /** The key under which a model file says how its parameters are packed. */
    private static final String PACKINGS = "espalier.packing";

    private StoredTensors() {}

    /** The arrays of a file that is no model. */
    static Map<String, TensorSummary> read(Path path, FileKind kind) throws IOException {
        var found = new LinkedHashMap<String, TensorSummary>();
        switch (kind) {
            case SAFETENSORS -> SafeTensors.read(path).tensors().forEach((name, raw) -> add(found, name, raw));
            case SHARD_INDEX ->
                    PyTorchFile.read(path).contents().tensors().forEach((name, raw) -> add(found, name, raw));
            case PYTORCH_ZIP, PYTORCH_PICKLE, TAR -> {
                var states = TorchSave.read(path);
                states.forEach((key, state) -> state.tensors().forEach(
                        (name, raw) -> add(found, states.size() > 1 ? key + ": " + name : name, raw)));
            }
            case NPZ -> Npz.read(path).arrays().forEach((name, raw) -> add(found, name, raw));
            case NPY -> add(found, "array", Npy.read(path));
            case IDX, GZIP -> add(found, "array", Idx.read(path));
            default -> throw FileKind.mismatch(path.toString(), DataOptions.head(path), "a file of tensors");
        }
        return found;
    }

    private static void add(Map<String, TensorSummary> found, String name, RawTensor raw) {
        float[] values = raw.dtype().isDecodable() ? raw.toFloats() : new float[0];
        found.put(name, TensorSummary.of(raw.shape(), raw.dtype().toString(), raw.byteCount(), values));
    }

    /** The parameters of a model. */
    static Map<String, TensorSummary> of(Layer model) {
        var found = new LinkedHashMap<String, TensorSummary>();
        model.parameters().forEach((name, parameter) -> found.put(name,
                TensorSummary.of(parameter.shape(), "", 4L * parameter.size(), Storage.array(parameter.value()))));
        return found;
    }

    /** The parameters of a model file, as the file holds them: the packing of each stands in its metadata. */
    static Map<String, TensorSummary> of(SavedModel saved) throws IOException {
        var raw = SafeTensors.read(saved.path());
        var packings = Json.parse(raw.metadata().getOrDefault(PACKINGS, "{}")) instanceof Json.Obj given
                ? given
                : Json.object();
        var found = new LinkedHashMap<String, TensorSummary>();
        for (var entry : saved.model().parameters().entrySet()) {
            var name = entry.getKey();
            long bytes = 0;
            for (var part : raw.tensors().entrySet()) {
                boolean own = part.getKey().equals(name) || part.getKey().startsWith(name + ".");
                bytes += own ? part.getValue().byteCount() : 0;
            }
            var form = packings.has(name) ? packings.string(name) : "all f32";
            var parameter = entry.getValue();
            found.put(name, TensorSummary.of(parameter.shape(), form, bytes, Storage.array(parameter.value())));
        }
        return found;
    }
}
