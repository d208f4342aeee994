package org.espalier.nn.onnx;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;

/** Gathers the nodes and constants of an ONNX graph and puts the model's message together. */
final class GraphWriter {
    /** The name of the value that the graph takes. */
    static final String INPUT = "input";

    private static final String OUTPUT = "output";
    private static final long MOST_BYTES = Integer.MAX_VALUE - (1 << 20);

    private final ProtoWriter nodes = new ProtoWriter();
    private final ProtoWriter constants = new ProtoWriter();
    private final Set<String> constantNames = new HashSet<>();
    private int values;
    private long bytes;

    /** Adds a node without attributes; gives the name of its output. */
    String node(String operator, String name, String... inputs) {
        return node(operator, name, new ProtoWriter(), inputs);
    }

    /** Adds a node; gives the name of its output. */
    String node(String operator, String name, ProtoWriter attributes, String... inputs) {
        var output = "value" + ++values;
        add(operator, name, output, attributes, inputs);
        return output;
    }

    private void add(String operator, String name, String output, ProtoWriter attributes, String... inputs) {
        var node = new ProtoWriter();
        for (var input : inputs) {
            node.text(OnnxProto.Node.INPUTS, input);
        }
        node.text(OnnxProto.Node.OUTPUTS, output)
                .text(OnnxProto.Node.NAME, name)
                .text(OnnxProto.Node.OPERATOR, operator)
                .append(attributes);
        nodes.message(OnnxProto.Graph.NODES, node);
    }

    /** The attributes of a node with one more: a whole number. */
    static ProtoWriter with(ProtoWriter attributes, String name, int value) {
        return attributes.message(
                OnnxProto.Node.ATTRIBUTES,
                new ProtoWriter()
                        .text(OnnxProto.Attribute.NAME, name)
                        .number(OnnxProto.Attribute.INT, (long) value)
                        .number(OnnxProto.Attribute.TYPE, (long) OnnxProto.Attribute.IS_INT));
    }

    /** The attributes of a node with one more: a float. */
    static ProtoWriter with(ProtoWriter attributes, String name, float value) {
        return attributes.message(
                OnnxProto.Node.ATTRIBUTES,
                new ProtoWriter()
                        .text(OnnxProto.Attribute.NAME, name)
                        .number(OnnxProto.Attribute.FLOAT, value)
                        .number(OnnxProto.Attribute.TYPE, (long) OnnxProto.Attribute.IS_FLOAT));
    }

    /**
     * Adds a constant, unless there is one of that name; gives the name.
     *
     * @throws IllegalArgumentException if the constants no longer fit into one message
     */
    String constant(String name, RawTensor tensor) {
        if (constantNames.add(name)) {
            bytes += tensor.byteCount();
            if (bytes > MOST_BYTES) {
                throw new IllegalArgumentException("an ONNX file holds less than 2 GiB of parameters");
            }
            var message = new ProtoWriter();
            for (int dim : tensor.shape().dims()) {
                message.number(OnnxProto.TensorData.DIMS, (long) dim);
            }
            var elements = new byte[tensor.byteCount()];
            tensor.bytes().get(elements);
            message.number(OnnxProto.TensorData.TYPE, (long) tensor.dtype().onnx())
                    .text(OnnxProto.TensorData.NAME, name)
                    .bytes(OnnxProto.TensorData.RAW, elements);
            constants.message(OnnxProto.Graph.INITIALIZERS, message);
        }
        return name;
    }

    /** The model that gives {@code result} for rows of {@code in} elements; a width below 0 is any. */
    byte[] model(String result, int in, int out, Map<String, String> metadata) {
        add("Identity", OUTPUT, OUTPUT, new ProtoWriter(), result);
        var graph = new ProtoWriter()
                .append(nodes)
                .text(OnnxProto.Graph.NAME, "model")
                .append(constants)
                .message(OnnxProto.Graph.INPUTS, rows(INPUT, in))
                .message(OnnxProto.Graph.OUTPUTS, rows(OUTPUT, out));
        var model = new ProtoWriter()
                .number(OnnxProto.Model.IR_VERSION, (long) OnnxProto.IR_VERSION)
                .text(OnnxProto.Model.PRODUCER, "espalier")
                .message(OnnxProto.Model.GRAPH, graph)
                .message(OnnxProto.Model.OPSETS,
                        new ProtoWriter()
                                .text(OnnxProto.Opset.DOMAIN, "")
                                .number(OnnxProto.Opset.VERSION, (long) OnnxProto.OPSET));
        metadata.forEach((key, value) -> model.message(
                OnnxProto.Model.METADATA,
                new ProtoWriter().text(OnnxProto.Entry.KEY, key).text(OnnxProto.Entry.VALUE, value)));
        return model.toBytes();
    }

    private static ProtoWriter rows(String name, int width) {
        var batch = new ProtoWriter().text(OnnxProto.ValueInfo.DIM_NAME, "batch");
        var features = new ProtoWriter();
        if (width < 0) {
            features.text(OnnxProto.ValueInfo.DIM_NAME, "features");
        } else {
            features.number(OnnxProto.ValueInfo.DIM_VALUE, (long) width);
        }
        var shape = new ProtoWriter()
                .message(OnnxProto.ValueInfo.SHAPE_DIM, batch)
                .message(OnnxProto.ValueInfo.SHAPE_DIM, features);
        var tensor = new ProtoWriter()
                .number(OnnxProto.ValueInfo.TENSOR_ELEMENT, (long) DType.F32.onnx())
                .message(OnnxProto.ValueInfo.TENSOR_SHAPE, shape);
        return new ProtoWriter()
                .text(OnnxProto.ValueInfo.NAME, name)
                .message(OnnxProto.ValueInfo.TYPE,
                        new ProtoWriter().message(OnnxProto.ValueInfo.TYPE_TENSOR, tensor));
    }
}
