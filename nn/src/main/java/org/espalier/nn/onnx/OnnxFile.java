package org.espalier.nn.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.espalier.io.AtomicFile;
import org.espalier.io.FileKind;
import org.espalier.io.FormatException;
import org.espalier.io.SaveException;
import org.espalier.nn.Layer;
import org.espalier.nn.onnx.operator.Dim;
import org.espalier.tensor.ShapeException;

/**
 * A model in an ONNX file. An immutable value.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * Path path = Files.createTempFile("model", ".onnx");
 * OnnxFile.of(Sequential.of(Linear.of(4, 16), Activation.relu(), Linear.of(16, 3))).write(path);
 * Layer model = OnnxFile.read(path).model(); // layers again: trainable, prunable
 * }
 *
 * <p><b>Reading.</b> Opset 6 to 25, from any exporter. What is a layer of this library (linear layers, activations,
 * normalizations, embeddings, choices of features, sums and concatenations), in one node or in the pieces that
 * exporters write, becomes that layer: it can be trained, pruned and compiled. Every other operator is executed as it
 * stands, an {@link OnnxOperator}; one that is not known is refused by name. Of several outputs the caller names one.
 * Several inputs become the features of one row, side by side in the order of the file, as far as the output depends
 * on them. Reading runs no code of the file, and allocates no more than its bytes bear out.
 *
 * <p><b>Writing.</b> Opset 17, IR 8, float32, inference only. The graph takes {@code input} [batch, in] and gives
 * {@code output} [batch, out]; constants have the model's parameter names. Masked weights are written as zeros: ONNX
 * runtimes multiply by them like by any number, so a pruned model becomes faster there only after its neurons have been
 * removed. A quantized model, of {@link org.espalier.nn.IntegerLinear} with fixed scales, is written with its codes,
 * each scale in a pair of {@code QuantizeLinear} and {@code DequantizeLinear}.
 */
public final class OnnxFile {
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    /**
     * An input or output of a graph.
     *
     * @param name its name
     * @param type its element type as the format calls it, such as {@code float} or {@code int64}
     * @param sizes a number or a name for each axis; empty if the file does not say them
     */
    public record Port(String name, String type, List<String> sizes) {
        /** Copies the list. */
        public Port {
            sizes = List.copyOf(sizes);
        }

        /** For example {@code probabilities: float[batch, 3]}. */
        @Override
        public String toString() {
            return name + ": " + type + sizes;
        }
    }

    private final OnnxGraph graph;
    private final Layer written;
    private final int[] sample;
    private final Map<String, String> metadata;
    private final boolean asFloat32;

    private OnnxFile(OnnxGraph graph, Layer written, int[] sample, Map<String, String> metadata, boolean asFloat32) {
        this.graph = graph;
        this.written = written;
        this.sample = sample;
        this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        this.asFloat32 = asFloat32;
    }

    /** A file of a model, without metadata. */
    public static OnnxFile of(Layer model) {
        return new OnnxFile(null, model, null, Map.of(), false);
    }

    /**
     * This file of a model that takes samples of these sizes, if the model does not say so itself: {@code 28, 28} for
     * batches [batch, 28, 28].
     */
    public OnnxFile withSample(int... sizes) {
        return new OnnxFile(graph, written, sizes.clone(), metadata, asFloat32);
    }

    /** This file with a string about it. */
    public OnnxFile with(String key, String value) {
        var more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new OnnxFile(graph, written, sample, more, asFloat32);
    }

    /** Strings about the model, by key, such as a name or the recipe it was pruned by. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Reads a file; data beside it is read from its directory alone.
     *
     * @throws FormatException if it is damaged, or no ONNX file
     * @throws IOException if it cannot be read
     */
    public static OnnxFile read(Path path) throws IOException {
        if (Files.size(path) > LONGEST) {
            throw new FormatException(path.toString(), "longer than the 2 GiB that an ONNX file can have");
        }
        return read(path.toString(), path.toAbsolutePath().getParent(), Files.readAllBytes(path));
    }

    /**
     * Reads a file held in memory; it cannot have data beside it.
     *
     * @throws FormatException if it is damaged, or no ONNX file
     */
    public static OnnxFile read(byte[] file) throws FormatException {
        return read("ONNX bytes", null, file);
    }

    private static OnnxFile read(String source, Path directory, byte[] file) throws FormatException {
        byte[] head = Arrays.copyOf(file, Math.min(file.length, FileKind.HEAD));
        FileKind kind = FileKind.of(head);
        if (kind != FileKind.ONNX && kind != FileKind.UNKNOWN) {
            throw FileKind.mismatch(source, head, "an ONNX model");
        }
        var graph = GraphReader.read(source, new ExternalData(source, directory), file);
        return new OnnxFile(graph, null, null, graph.metadata(), false);
    }

    /** This file with floats of 16 and 64 bits converted to float32 wherever they are. */
    public OnnxFile asFloat32() {
        return new OnnxFile(graph, written, sample, metadata, true);
    }

    /** What the graph takes. */
    public List<Port> inputs() {
        return graph == null
                ? List.of(new Port("input", "float", List.of("batch", "features")))
                : ports(graph.inputs());
    }

    /** What the graph gives. */
    public List<Port> outputs() {
        return graph == null
                ? List.of(new Port("output", "float", List.of("batch", "features")))
                : ports(graph.outputs());
    }

    private static List<Port> ports(List<OnnxGraph.Port> ports) {
        var all = new ArrayList<Port>();
        for (var port : ports) {
            var sizes = new ArrayList<String>();
            if (port.dims() != null) {
                for (Dim dim : port.dims().all()) {
                    sizes.add(dim.toString().startsWith("?") ? "?" : dim.toString());
                }
            }
            all.add(new Port(port.name(), Ports.text(port), sizes));
        }
        return List.copyOf(all);
    }

    /**
     * The model that gives the only output; of a file that was read a new one with each call.
     *
     * @throws FormatException if there are several outputs, or as {@link #model(String)}
     */
    public Layer model() throws FormatException {
        if (graph == null) {
            return written;
        }
        if (graph.outputs().size() != 1) {
            throw graph.problem("the graph has " + graph.outputs().size() + " outputs: choose one by model(name)"
                    + list(outputs()));
        }
        return model(graph.outputs().getFirst().name());
    }

    private static String list(List<Port> ports) {
        var text = new StringJoiner(", ", "; there are ", "");
        ports.forEach(port -> text.add(port.toString()));
        return ports.isEmpty() ? "" : text.toString();
    }

    /**
     * The model that gives one output; nodes that it does not depend on are left out.
     *
     * @param output the name of an output
     * @throws FormatException if there is no such output, or a node cannot be computed here: the message names the
     *     operator, the node, the reason and a remedy
     */
    public Layer model(String output) throws FormatException {
        if (graph == null) {
            throw new IllegalStateException("the file was made of a model: there is nothing to choose");
        }
        if (graph.outputs().stream().noneMatch(port -> port.name().equals(output))) {
            throw graph.problem("there is no output \"" + output + "\"" + list(outputs()));
        }
        return Importer.model(graph, output, asFloat32);
    }

    /**
     * Writes the file, replacing an old one in one step.
     *
     * @throws SaveException if it cannot be written; it says which contents the file has
     * @throws IOException if the path is no file name
     * @throws IllegalStateException if this file was read: write {@code OnnxFile.of(file.model())}
     * @throws IllegalArgumentException if there is no operator for a layer, or the parameters take 2 GiB
     * @throws ShapeException if a layer is given rows of another width than it takes
     */
    public void write(Path path) throws IOException {
        AtomicFile.write(path, toBytes());
    }

    /** The file's bytes; the same for equal models and metadata. Throws as {@link #write}. */
    public byte[] toBytes() {
        if (written == null) {
            throw new IllegalStateException("this file was read; OnnxFile.of(file.model()) writes its model");
        }
        return Exporter.toBytes(written, sample, metadata);
    }
}
