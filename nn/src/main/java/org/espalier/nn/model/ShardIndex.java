package org.espalier.nn.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;

/**
 * The index of a model in several files, as Hugging Face writes it: {@code {"weight_map": {"fc1.weight":
 * "model-00001-of-00002.safetensors", ...}}}. The parts lie beside the index; each must have just the tensors that the
 * index gives it.
 */
final class ShardIndex {
    /** Largest index, in bytes: some hundred thousand tensors. */
    private static final long LARGEST = 1L << 24;

    private ShardIndex() {}

    static TensorFile read(Path index) throws IOException {
        String source = index.toString();
        if (Files.size(index) > LARGEST) {
            throw new FormatException(source, "an index of " + Files.size(index) + " bytes; the limit is " + LARGEST);
        }
        if (!(Json.parse(Files.readString(index)) instanceof Json.Obj json)) {
            throw new FormatException(source, "no JSON object");
        }
        var map = json.object("weight_map");
        var parts = new LinkedHashMap<String, Map<String, RawTensor>>();
        var tensors = new LinkedHashMap<String, RawTensor>();
        for (String name : map.members().keySet()) {
            String part = map.string(name);
            if (!parts.containsKey(part)) {
                parts.put(part, new LinkedHashMap<>(part(index, part)));
            }
            RawTensor tensor = parts.get(part).remove(name);
            if (tensor == null) {
                throw new FormatException(source, "tensor \"" + name + "\" is not in " + part);
            }
            tensors.put(name, tensor);
        }
        for (var part : parts.entrySet()) {
            if (!part.getValue().isEmpty()) {
                throw new FormatException(source, part.getKey() + " has the tensors " + part.getValue().keySet()
                        + ", which the index does not give it");
            }
        }
        return TensorFile.of(tensors, Map.of());
    }

    private static Map<String, RawTensor> part(Path index, String name) throws IOException {
        boolean plain = !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0
                && name.indexOf('\\') < 0 && name.indexOf('\0') < 0;
        if (!plain) {
            throw new FormatException(index.toString(), "\"" + name + "\" is not the name of a file beside it");
        }
        Path part = index.resolveSibling(name);
        if (!Files.isRegularFile(part)) {
            throw new FormatException(index.toString(), "the part " + name + " is missing beside it");
        }
        if (Files.isSameFile(part, index)) {
            throw new FormatException(index.toString(), "it names itself as a part");
        }
        return PyTorchFile.readPart(part).contents().tensors();
    }
}
