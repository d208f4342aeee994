package org.espalier.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.io.AtomicFile;
import org.espalier.io.SaveException;
import org.espalier.nn.Layer;
import org.espalier.tensor.ShapeException;

/**
 * A model for ONNX Runtime and whatever else reads ONNX: opset 17, IR 8, float32, inference only. The graph takes
 * {@code input} [batch, in] and gives {@code output} [batch, out]; constants have the model's parameter names.
 *
 * <p>Masked weights go out as zeros: ONNX runtimes multiply by them like by any number, so a pruned model becomes
 * faster there only after its neurons have been removed.
 *
 * @param model chains, residual blocks and branches of the library's layers; no embedding, whose input are indices
 * @param metadata strings about it, by key, such as a name or the recipe it was pruned by
 */
public record OnnxFile(Layer model, Map<String, String> metadata) {
    /** Copies the metadata. */
    public OnnxFile {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A file of a model, without metadata. */
    public static OnnxFile of(Layer model) {
        return new OnnxFile(model, Map.of());
    }

    /** This file with a string about it. */
    public OnnxFile with(String key, String value) {
        var more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new OnnxFile(model, more);
    }

    /**
     * Writes the file, replacing an old one in one step.
     *
     * @throws SaveException if it cannot be written; it says which contents the file has
     * @throws IOException if the path is no file name
     * @throws IllegalArgumentException if there is no operator for a layer, or the parameters take 2 GiB
     * @throws ShapeException if a layer is given rows of another width than it takes
     */
    public void write(Path path) throws IOException {
        AtomicFile.write(path, toBytes());
    }

    /** The file's bytes; the same for equal models and metadata. Throws as {@link #write}. */
    public byte[] toBytes() {
        return Exporter.toBytes(model, metadata);
    }
}
