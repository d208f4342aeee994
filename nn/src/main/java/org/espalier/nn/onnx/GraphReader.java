package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Attribute;

/**
 * Reads the message of an ONNX model. Idea: only known fields are looked at, each message at a fixed depth, so nothing
 * recurses; the number of parts is bounded by the length of the file, and every tensor's size is compared with the
 * bytes that are there. Cost: linear in the file.
 */
final class GraphReader {
    /** Bytes of memory that what is made of a file may take beyond three times its length, its tensors left out. */
    private static final long FREE = 900_000;
    private static final int TIMES = 3;
    /** What the parts of a file take at most until they are a model, in bytes. */
    private static final int NODE = 1_500;
    private static final int TEXT = 90;
    private static final int ATTRIBUTE = 400;
    private static final int TENSOR = 950;
    private static final int PORT = 400;

    private final String source;
    private final ExternalData external;
    private final int length;
    private final Map<String, Long> opsets = new HashMap<>();
    private final Map<String, OnnxGraph.Held> constants = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Set<String> functions = new HashSet<>();
    private final List<OnnxGraph.Node> nodes = new ArrayList<>();
    private final List<OnnxGraph.Port> inputs = new ArrayList<>();
    private final List<OnnxGraph.Port> outputs = new ArrayList<>();
    private long taken;
    private boolean graphSeen;

    private GraphReader(String source, int length, ExternalData external) {
        this.source = source;
        this.length = length;
        this.external = external;
    }

    static OnnxGraph read(String source, ExternalData external, byte... file) throws FormatException {
        var reader = new GraphReader(source, file.length, external);
        reader.model(ProtoReader.of(source, file));
        return reader.graph();
    }

    private OnnxGraph graph() throws FormatException {
        if (!graphSeen) {
            throw new FormatException(source, "no graph: this is no ONNX model");
        }
        Long opset = opsets.get("");
        if (opset == null || opset < OnnxProto.OLDEST_OPSET || opset > OnnxProto.NEWEST_OPSET) {
            var found = opset == null ? "it does not say its opset" : "operators of opset " + opset;
            throw new FormatException(source, found + "; this library reads opset " + OnnxProto.OLDEST_OPSET + " to "
                    + OnnxProto.NEWEST_OPSET);
        }
        // up to IR 3 weights are inputs with a default value
        inputs.removeIf(port -> constants.containsKey(port.name()));
        return new OnnxGraph(source, length + external.total(), opsets, nodes, constants, inputs, outputs, functions,
                metadata);
    }

    /** Counts a part of the file that takes more memory than it has bytes. */
    private void part(int bytes, ProtoReader in) throws FormatException {
        taken += bytes;
        if (taken > FREE + (long) TIMES * length) {
            throw in.problem("more nodes, names and attributes than a file of " + length + " bytes may have here");
        }
    }

    private String text(ProtoReader in) throws FormatException {
        part(TEXT, in);
        return in.text();
    }

    private void model(ProtoReader in) throws FormatException {
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Model.IR_VERSION -> {
                    if (in.integer() < OnnxProto.OLDEST_IR_VERSION) {
                        throw in.problem("IR version " + in.integer() + "; this library reads from "
                                + OnnxProto.OLDEST_IR_VERSION + " on");
                    }
                }
                case OnnxProto.Model.GRAPH -> {
                    if (graphSeen) {
                        throw in.problem("a second graph");
                    }
                    graphSeen = true;
                    graph(in.message());
                }
                case OnnxProto.Model.OPSETS -> opset(in.message());
                case OnnxProto.Model.METADATA -> metadata(in.message());
                case OnnxProto.Model.FUNCTIONS -> function(in.message());
                default -> {}
            }
        }
    }

    private void opset(ProtoReader in) throws FormatException {
        var domain = "";
        long version = 0;
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Opset.DOMAIN -> domain = text(in);
                case OnnxProto.Opset.VERSION -> version = in.integer();
                default -> {}
            }
        }
        opsets.put(plain(domain), version);
    }

    /** The standard's domain has two names. */
    private static String plain(String domain) {
        return domain.equals("ai.onnx") ? "" : domain;
    }

    private void metadata(ProtoReader in) throws FormatException {
        var key = "";
        var value = "";
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Entry.KEY -> key = text(in);
                case OnnxProto.Entry.VALUE -> value = text(in);
                default -> {}
            }
        }
        if (metadata.put(key, value) != null) {
            throw in.problem("the metadata \"" + key + "\" twice");
        }
    }

    private void function(ProtoReader in) throws FormatException {
        var name = "";
        var domain = "";
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Function.NAME -> name = text(in);
                case OnnxProto.Function.DOMAIN -> domain = text(in);
                default -> {}
            }
        }
        functions.add(plain(domain) + "." + name);
    }

    private void graph(ProtoReader in) throws FormatException {
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Graph.NODES -> node(in.message());
                case OnnxProto.Graph.INITIALIZERS -> initializer(in.message());
                case OnnxProto.Graph.INPUTS -> port(inputs, in);
                case OnnxProto.Graph.OUTPUTS -> port(outputs, in);
                case OnnxProto.Graph.SPARSE_INITIALIZERS -> throw in.problem(
                        "sparse initializers are not supported: store them as dense tensors");
                default -> {}
            }
        }
    }

    private void port(List<OnnxGraph.Port> ports, ProtoReader in) throws FormatException {
        part(PORT, in);
        ports.add(new PortReader().read(in.message()));
    }

    private void node(ProtoReader in) throws FormatException {
        long offset = in.offset();
        part(NODE, in);
        var operator = "";
        var domain = "";
        var name = "";
        var from = new ArrayList<String>(2);
        var to = new ArrayList<String>(1);
        Map<String, Attribute> attributes = Map.of();
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Node.INPUTS -> from.add(text(in));
                case OnnxProto.Node.OUTPUTS -> to.add(text(in));
                case OnnxProto.Node.NAME -> name = text(in);
                case OnnxProto.Node.OPERATOR -> operator = text(in);
                case OnnxProto.Node.DOMAIN -> domain = text(in);
                case OnnxProto.Node.ATTRIBUTES -> {
                    attributes = attributes.isEmpty() ? new LinkedHashMap<>() : attributes;
                    attribute(in.message(), attributes);
                }
                default -> {}
            }
        }
        nodes.add(new OnnxGraph.Node(offset, operator, plain(domain), name, from, to, attributes));
    }

    private void attribute(ProtoReader in, Map<String, Attribute> attributes) throws FormatException {
        part(ATTRIBUTE, in);
        var reader = new AttributeReader(external);
        var attribute = reader.read(in, this::part);
        if (attributes.put(reader.name(), attribute) != null) {
            throw in.problem("the attribute \"" + reader.name() + "\" twice");
        }
    }

    private void initializer(ProtoReader in) throws FormatException {
        part(TENSOR, in);
        var tensor = new TensorReader(external);
        var held = tensor.read(in);
        if (constants.put(tensor.name(), held) != null) {
            throw in.problem("the initializer \"" + tensor.name() + "\" twice");
        }
    }
}
