package org.espalier.nn.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;
import org.espalier.nn.onnx.operator.Attribute;
import org.espalier.nn.onnx.operator.Constant;

/**
 * Gathers the nodes and constants of an ONNX graph and puts the model's message together. No two values share a name,
 * and no two nodes do.
 */
final class GraphWriter {
    /** The name of the value that the graph takes. */
    static final String INPUT = "input";

    private static final String OUTPUT = "output";
    private static final long MOST_BYTES = Integer.MAX_VALUE - (1 << 20);

    private final ProtoWriter nodes = new ProtoWriter();
    private final ProtoWriter constants = new ProtoWriter();
    private final Map<String, RawTensor> known = new HashMap<>();
    private final Set<String> valueNames = new HashSet<>(Set.of(INPUT, OUTPUT));
    private final Set<String> nodeNames = new HashSet<>();
    private final Map<String, Long> domains = new TreeMap<>();
    private int values;
    private long bytes;

    /** Adds a node without attributes; gives the name of its output. */
    String node(String operator, String name, String... inputs) {
        return node(operator, name, new ProtoWriter(), inputs);
    }

    /** Adds a node; gives the name of its output. */
    String node(String operator, String name, ProtoWriter attributes, String... inputs) {
        return nodes("", operator, name, attributes, 1, inputs)[0];
    }

    /** Adds a node of a domain with any number of outputs; gives their names. */
    String[] nodes(String domain, String operator, String name, ProtoWriter attributes, int outputs, String... inputs) {
        var names = new String[outputs];
        for (int i = 0; i < outputs; i++) {
            names[i] = value();
        }
        add(domain, operator, name, names, attributes, inputs);
        return names;
    }

    /** A name for a value that nothing else has. */
    private String value() {
        var name = "value" + ++values;
        while (!valueNames.add(name)) {
            name = "value" + ++values;
        }
        return name;
    }

    private static String unique(String wanted, Set<String> taken) {
        var name = wanted;
        for (int i = 1; !taken.add(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }

    private void add(String domain, String operator, String name, String[] outputs, ProtoWriter attributes,
            String... inputs) {
        var node = new ProtoWriter();
        for (var input : inputs) {
            node.text(OnnxProto.Node.INPUTS, input);
        }
        for (var output : outputs) {
            node.text(OnnxProto.Node.OUTPUTS, output);
        }
        // a node may have no name, but not that of another
        node.text(OnnxProto.Node.NAME, name.isEmpty() ? name : unique(name, nodeNames))
                .text(OnnxProto.Node.OPERATOR, operator);
        if (!domain.isEmpty()) {
            node.text(OnnxProto.Node.DOMAIN, domain);
        }
        nodes.message(OnnxProto.Graph.NODES, node.append(attributes));
    }

    /** Says that the graph has operators of a domain, of this version at least. */
    void domain(String domain, long opset) {
        domains.merge(domain, opset, Math::max);
    }

    /** The attributes of a node with one more: an integer. */
    static ProtoWriter with(ProtoWriter attributes, String name, int value) {
        return with(attributes, name, new Attribute.Integers(true, value));
    }

    /** The attributes of a node with one more: a float. */
    static ProtoWriter with(ProtoWriter attributes, String name, float value) {
        return with(attributes, name, new Attribute.Reals(true, value));
    }

    /** The attributes of a node with one more. */
    static ProtoWriter with(ProtoWriter attributes, String name, Attribute value) {
        var message = new ProtoWriter().text(OnnxProto.Attribute.NAME, name);
        long type = switch (value) {
            case Attribute.Reals reals -> {
                for (float one : reals.values()) {
                    message.number(reals.single() ? OnnxProto.Attribute.FLOAT : OnnxProto.Attribute.FLOATS, one);
                }
                yield reals.single() ? OnnxProto.Attribute.IS_FLOAT : OnnxProto.Attribute.IS_FLOATS;
            }
            case Attribute.Integers integers -> {
                for (long one : integers.values()) {
                    message.number(integers.single() ? OnnxProto.Attribute.INT : OnnxProto.Attribute.INTS, one);
                }
                yield integers.single() ? OnnxProto.Attribute.IS_INT : OnnxProto.Attribute.IS_INTS;
            }
            case Attribute.Texts texts -> {
                for (var one : texts.values()) {
                    message.text(texts.single() ? OnnxProto.Attribute.TEXT : OnnxProto.Attribute.TEXTS, one);
                }
                yield texts.single() ? OnnxProto.Attribute.IS_TEXT : OnnxProto.Attribute.IS_TEXTS;
            }
            case Attribute.Value(Constant constant) -> {
                message.message(OnnxProto.Attribute.TENSOR, tensor("", raw(constant)));
                yield OnnxProto.Attribute.IS_TENSOR;
            }
            case Attribute.Unread unread -> throw new IllegalStateException("an attribute that cannot be used");
        };
        return attributes.message(OnnxProto.Node.ATTRIBUTES, message.number(OnnxProto.Attribute.TYPE, type));
    }

    /** A constant with the same type, sizes and bytes. */
    static RawTensor raw(Constant constant) {
        var bytes = new byte[constant.byteCount()];
        constant.bytes().get(bytes);
        return RawTensor.ofBytes(constant.type(), constant.shape(), bytes);
    }

    private static ProtoWriter tensor(String name, RawTensor tensor) {
        var message = new ProtoWriter();
        for (int dim : tensor.shape().dims()) {
            message.number(OnnxProto.TensorData.DIMS, (long) dim);
        }
        var elements = new byte[tensor.byteCount()];
        tensor.bytes().get(elements);
        return message.number(OnnxProto.TensorData.TYPE, (long) tensor.dtype().onnx())
                .text(OnnxProto.TensorData.NAME, name)
                .bytes(OnnxProto.TensorData.RAW, elements);
    }

    /**
     * Adds a constant, unless the same one is there under that name; gives the name it has.
     *
     * @throws IllegalArgumentException if the constants no longer fit into one message
     */
    String constant(String wanted, RawTensor tensor) {
        if (tensor.equals(known.get(wanted))) {
            return wanted;
        }
        var name = unique(wanted, valueNames);
        known.put(name, tensor);
        bytes += tensor.byteCount();
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("an ONNX file holds less than 2 GiB of parameters");
        }
        constants.message(OnnxProto.Graph.INITIALIZERS, tensor(name, tensor));
        return name;
    }

    /** The model that gives {@code result} for rows of {@code in} elements; a width below 0 is any. */
    byte[] model(String result, int in, int out, Map<String, String> metadata) {
        return model(result, new int[] {in}, new int[] {out}, metadata);
    }

    /**
     * The model that gives a result.
     *
     * @param in the sizes of a sample, below 0 where they are open; null if not even their number is known
     * @param out the same of the result
     */
    byte[] model(String result, int[] in, int[] out, Map<String, String> metadata) {
        add("", "Identity", OUTPUT, new String[] {OUTPUT}, new ProtoWriter(), result);
        var graph = new ProtoWriter()
                .append(nodes)
                .text(OnnxProto.Graph.NAME, "model")
                .append(constants)
                .message(OnnxProto.Graph.INPUTS, samples(INPUT, in))
                .message(OnnxProto.Graph.OUTPUTS, samples(OUTPUT, out));
        var model = new ProtoWriter()
                .number(OnnxProto.Model.IR_VERSION, (long) OnnxProto.IR_VERSION)
                .text(OnnxProto.Model.PRODUCER, "espalier")
                .message(OnnxProto.Model.GRAPH, graph)
                .message(OnnxProto.Model.OPSETS, opset("", OnnxProto.OPSET));
        domains.forEach((domain, opset) -> model.message(OnnxProto.Model.OPSETS, opset(domain, opset)));
        metadata.forEach((key, value) -> model.message(
                OnnxProto.Model.METADATA,
                new ProtoWriter().text(OnnxProto.Entry.KEY, key).text(OnnxProto.Entry.VALUE, value)));
        return model.toBytes();
    }

    private static ProtoWriter opset(String domain, long version) {
        return new ProtoWriter().text(OnnxProto.Opset.DOMAIN, domain).number(OnnxProto.Opset.VERSION, version);
    }

    private static ProtoWriter samples(String name, int... sizes) {
        var tensor = new ProtoWriter().number(OnnxProto.ValueInfo.TENSOR_ELEMENT, (long) DType.F32.onnx());
        if (sizes != null) {
            var shape = new ProtoWriter().message(OnnxProto.ValueInfo.SHAPE_DIM,
                    new ProtoWriter().text(OnnxProto.ValueInfo.DIM_NAME, "batch"));
            for (int size : sizes) {
                var dim = new ProtoWriter();
                if (size < 0) {
                    dim.text(OnnxProto.ValueInfo.DIM_NAME, sizes.length == 1 ? "features" : "");
                } else {
                    dim.number(OnnxProto.ValueInfo.DIM_VALUE, (long) size);
                }
                shape.message(OnnxProto.ValueInfo.SHAPE_DIM, dim);
            }
            tensor.message(OnnxProto.ValueInfo.TENSOR_SHAPE, shape);
        }
        return new ProtoWriter()
                .text(OnnxProto.ValueInfo.NAME, name)
                .message(OnnxProto.ValueInfo.TYPE,
                        new ProtoWriter().message(OnnxProto.ValueInfo.TYPE_TENSOR, tensor));
    }
}
