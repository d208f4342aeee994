package org.espalier.nn.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.io.AtomicFile;
import org.espalier.io.FormatException;
import org.espalier.io.SaveException;
import org.espalier.nn.Layer;
import org.espalier.tensor.ShapeException;

/**
 * A model in an ONNX file. Written for ONNX Runtime and whatever else reads the format: opset 17, IR 8, float32,
 * inference only. The graph takes {@code input} [batch, in] and gives {@code output} [batch, out]; constants have the
 * model's parameter names.
 *
 * <p>Read, from whatever program and opset 7 to 25, are graphs of the shape of a multilayer perceptron: one float
 * input, one output, and between them a chain of linear layers, activations, normalizations and residual blocks, with
 * constants in {@code raw_data}. Anything else is refused by the name of its operator. Reading runs no code but that of
 * the layers, allocates no more than the bytes of the file bear out, and never looks at another file.
 *
 * <p>A quantized model, of {@link org.espalier.nn.IntegerLinear} with fixed scales, goes out with its codes, each scale
 * in a pair of {@code QuantizeLinear} and {@code DequantizeLinear}, so that runtimes compute with whole numbers too.
 * Such a file is not read back.
 *
 * <p>Masked weights go out as zeros: ONNX runtimes multiply by them like by any number, so a pruned model becomes
 * faster there only after its neurons have been removed.
 *
 * @param model chains, residual blocks and branches of the library's layers; no embedding, whose input are indices
 * @param metadata strings about it, by key, such as a name or the recipe it was pruned by
 */
public record OnnxFile(Layer model, Map<String, String> metadata) {
    private static final int LONGEST = Integer.MAX_VALUE - 8;

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

    /**
     * Reads a file; the model's layers are named by kind and number.
     *
     * @throws FormatException if it is damaged, or no model that this library can hold
     * @throws IOException if it cannot be read
     */
    public static OnnxFile read(Path path) throws IOException {
        if (Files.size(path) > LONGEST) {
            throw new FormatException(path.toString(), "longer than the 2 GiB that an ONNX file can have");
        }
        return read(path.toString(), Files.readAllBytes(path));
    }

    /**
     * Reads a file held in memory.
     *
     * @throws FormatException if it is damaged, or no model that this library can hold
     */
    public static OnnxFile read(byte[] file) throws FormatException {
        return read("ONNX bytes", file);
    }

    private static OnnxFile read(String source, byte[] file) throws FormatException {
        var graph = GraphReader.read(source, file);
        return new OnnxFile(Importer.model(graph), graph.metadata());
    }
}
