package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;

/**
 * Reads the message of an ONNX model. Idea: only known fields are looked at, each message at a fixed depth, so nothing
 * recurses; every count is bounded and every tensor's size compared with the bytes that are there before a copy is
 * made. Cost: linear in the file.
 */
final class GraphReader {
    private static final int MOST_PARTS = 10_000;
    private static final int MOST_OF_A_NODE = 64;
    private static final int LARGEST_RANK = 8;
    private static final int OLDEST_OPSET = 7;
    private static final int NEWEST_OPSET = 25;
    private static final int OPEN = -1;

    /** An input or output of the graph; the type is 0 if it is not said. */
    private record Port(long offset, String name, long type, List<Long> dims) {}

    private final String source;
    private final Map<String, RawTensor> constants = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<OnnxGraph.Node> nodes = new ArrayList<>();
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private long opset;
    private boolean graphSeen;

    private GraphReader(String source) {
        this.source = source;
    }

    static OnnxGraph read(String source, byte... file) throws FormatException {
        var reader = new GraphReader(source);
        reader.model(ProtoReader.of(source, file));
        return reader.graph();
    }

    private OnnxGraph graph() throws FormatException {
        if (!graphSeen) {
            throw new FormatException(source, "no graph: this is no ONNX model");
        }
        if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
            throw new FormatException(source, "operators of opset " + opset + "; this library reads " + OLDEST_OPSET
                    + " to " + NEWEST_OPSET);
        }
        inputs.removeIf(port -> constants.containsKey(port.name));
        if (inputs.size() != 1 || outputs.size() != 1) {
            throw new FormatException(source, "a graph of " + inputs.size() + " inputs and " + outputs.size()
                    + " outputs; only one of each is supported");
        }
        var input = inputs.getFirst();
        if (input.type != DType.F32.onnx()) {
            throw new FormatException(
                    source, input.offset, "input \"" + input.name + "\" is not float, but of type " + input.type);
        }
        return new OnnxGraph(
                source, opset, nodes, constants, input.name, input.dims, outputs.getFirst().name, metadata);
    }

    private static <T> void add(List<T> list, T element, int most, ProtoReader in) throws FormatException {
        if (list.size() == most) {
            throw in.problem("more than " + most + " elements of a list");
        }
        list.add(element);
    }

    private static <T> void put(Map<String, T> map, String key, T value, int most, ProtoReader in)
            throws FormatException {
        if (map.size() == most || map.put(key, value) != null) {
            throw in.problem("\"" + key + "\" appears twice, or as one of more than " + most);
        }
    }

    private void model(ProtoReader in) throws FormatException {
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Model.GRAPH -> {
                    if (graphSeen) {
                        throw in.problem("a second graph");
                    }
                    graphSeen = true;
                    graph(in.message());
                }
                case OnnxProto.Model.OPSETS -> opset(in.message());
                case OnnxProto.Model.METADATA -> metadata(in.message());
                default -> {}
            }
        }
    }

    private void opset(ProtoReader in) throws FormatException {
        var domain = "";
        long version = 0;
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Opset.DOMAIN -> domain = in.text();
                case OnnxProto.Opset.VERSION -> version = in.integer();
                default -> {}
            }
        }
        if (isStandard(domain)) {
            opset = version;
        }
    }

    private static boolean isStandard(String domain) {
        return domain.isEmpty() || domain.equals("ai.onnx");
    }

    private void metadata(ProtoReader in) throws FormatException {
        var key = "";
        var value = "";
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Entry.KEY -> key = in.text();
                case OnnxProto.Entry.VALUE -> value = in.text();
                default -> {}
            }
        }
        put(metadata, key, value, MOST_PARTS, in);
    }

    private void graph(ProtoReader in) throws FormatException {
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Graph.NODES -> node(in.message());
                case OnnxProto.Graph.INITIALIZERS -> initializer(in.message());
                case OnnxProto.Graph.INPUTS -> add(inputs, port(in.message()), MOST_PARTS, in);
                case OnnxProto.Graph.OUTPUTS -> add(outputs, port(in.message()), MOST_PARTS, in);
                case OnnxProto.Graph.SPARSE_INITIALIZERS -> throw in.problem("sparse initializers are not supported");
                default -> {}
            }
        }
    }

    private void node(ProtoReader in) throws FormatException {
        long offset = in.offset();
        var operator = "";
        var domain = "";
        var name = "";
        var from = new ArrayList<String>(2);
        var to = new ArrayList<String>(1);
        var attributes = new LinkedHashMap<String, OnnxGraph.Attribute>();
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Node.INPUTS -> add(from, in.text(), MOST_OF_A_NODE, in);
                case OnnxProto.Node.OUTPUTS -> add(to, in.text(), MOST_OF_A_NODE, in);
                case OnnxProto.Node.NAME -> name = in.text();
                case OnnxProto.Node.OPERATOR -> operator = in.text();
                case OnnxProto.Node.DOMAIN -> domain = in.text();
                case OnnxProto.Node.ATTRIBUTES -> attribute(in.message(), attributes);
                default -> {}
            }
        }
        domain = isStandard(domain) ? "" : domain;
        var constant = attributes.get("value");
        if (operator.equals("Constant") && domain.isEmpty() && constant != null && constant.tensor() != null
                && to.size() == 1) {
            put(constants, to.getFirst(), constant.tensor(), MOST_PARTS, in);
        } else {
            add(nodes, new OnnxGraph.Node(offset, operator, domain, name, from, to, attributes), MOST_PARTS, in);
        }
    }

    private void attribute(ProtoReader in, Map<String, OnnxGraph.Attribute> attributes) throws FormatException {
        var name = "";
        long type = 0;
        float real = 0;
        long integer = 0;
        var text = "";
        RawTensor tensor = null;
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.Attribute.NAME -> name = in.text();
                case OnnxProto.Attribute.TYPE -> type = in.integer();
                case OnnxProto.Attribute.FLOAT -> real = in.real();
                case OnnxProto.Attribute.INT -> integer = in.integer();
                case OnnxProto.Attribute.TEXT -> text = in.text();
                case OnnxProto.Attribute.TENSOR -> tensor = new TensorReader().read(in.message());
                default -> {}
            }
        }
        put(attributes, name, new OnnxGraph.Attribute(type, real, integer, text, tensor), MOST_OF_A_NODE, in);
    }

    private void initializer(ProtoReader in) throws FormatException {
        var tensor = new TensorReader();
        var value = tensor.read(in);
        put(constants, tensor.name, value, MOST_PARTS, in);
    }

    /** Reads one tensor. */
    private static final class TensorReader {
        private String name = "";
        private long type;
        private final long[] dims = new long[LARGEST_RANK];
        private int rank;
        private byte[] raw = {};

        RawTensor read(ProtoReader in) throws FormatException {
            while (in.next()) {
                switch (in.field()) {
                    case OnnxProto.TensorData.NAME -> name = in.text();
                    case OnnxProto.TensorData.TYPE -> type = in.integer();
                    case OnnxProto.TensorData.DIMS -> in.integers(dim -> dim(dim, in));
                    case OnnxProto.TensorData.RAW -> {
                        var view = in.bytes();
                        raw = new byte[view.remaining()];
                        view.get(raw);
                    }
                    case OnnxProto.TensorData.EXTERNAL -> throw in.problem(
                            "tensor \"" + name + "\" lies in another file: external_data is not supported");
                    case OnnxProto.TensorData.LOCATION -> {
                        if (in.integer() != 0) {
                            throw in.problem("tensor \"" + name + "\" lies in another file, which is not supported");
                        }
                    }
                    default -> {}
                }
            }
            return tensor(in);
        }

        private void dim(long dim, ProtoReader in) throws FormatException {
            if (rank == LARGEST_RANK || dim < 0 || dim > Integer.MAX_VALUE) {
                throw in.problem("a size of " + dim + " as number " + (rank + 1) + " of a tensor's sizes");
            }
            dims[rank++] = dim;
        }

        private RawTensor tensor(ProtoReader in) throws FormatException {
            var dtype = DType.ofOnnx(Math.clamp(type, 0, Integer.MAX_VALUE))
                    .orElseThrow(() -> in.problem("tensor \"" + name + "\" has the unknown type " + type));
            var sizes = Arrays.stream(dims, 0, rank).mapToInt(Math::toIntExact).toArray();
            try {
                long count = 1;
                for (int size : sizes) {
                    count = Math.multiplyExact(count, (long) size);
                }
                if (dtype.bytesFor(count) != raw.length) {
                    throw in.problem("tensor \"" + name + "\" has " + raw.length + " bytes of raw_data but " + dtype
                            + Arrays.toString(sizes) + " needs " + dtype.bytesFor(count)
                            + "; other ways to store elements are not read");
                }
                return RawTensor.ofBytes(dtype, Shape.of(sizes), raw);
            } catch (ArithmeticException | IllegalArgumentException e) {
                throw in.problem("tensor \"" + name + "\" has sizes " + Arrays.toString(sizes)
                        + " that this library cannot hold");
            }
        }
    }

    private static Port port(ProtoReader in) throws FormatException {
        long offset = in.offset();
        var name = "";
        long type = 0;
        var dims = new ArrayList<Long>();
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.ValueInfo.NAME -> name = in.text();
                case OnnxProto.ValueInfo.TYPE -> {
                    var kinds = in.message();
                    while (kinds.next()) {
                        type = kinds.field() == OnnxProto.ValueInfo.TYPE_TENSOR
                                ? tensorType(kinds.message(), dims)
                                : type;
                    }
                }
                default -> {}
            }
        }
        return new Port(offset, name, type, dims);
    }

    private static long tensorType(ProtoReader in, List<Long> dims) throws FormatException {
        long type = 0;
        while (in.next()) {
            switch (in.field()) {
                case OnnxProto.ValueInfo.TENSOR_ELEMENT -> type = in.integer();
                case OnnxProto.ValueInfo.TENSOR_SHAPE -> {
                    var shape = in.message();
                    while (shape.next()) {
                        if (shape.field() == OnnxProto.ValueInfo.SHAPE_DIM) {
                            add(dims, dim(shape.message()), LARGEST_RANK, shape);
                        }
                    }
                }
                default -> {}
            }
        }
        return type;
    }

    private static long dim(ProtoReader in) throws FormatException {
        long value = OPEN;
        while (in.next()) {
            value = in.field() == OnnxProto.ValueInfo.DIM_VALUE ? in.integer() : value;
        }
        return value;
    }
}
