package org.espalier.nn.onnx;

/**
 * The field numbers and enumerated values of the ONNX messages that this package writes and reads.
 *
 * <p>Source: {@code onnx.proto} and {@code Operators.md} of the ONNX project, at the versions below.
 */
final class OnnxProto {
    static final int IR_VERSION = 8;
    static final int OLDEST_IR_VERSION = 3;
    static final int OLDEST_OPSET = 6;
    static final int NEWEST_OPSET = 25;
    static final int OPSET = 17;

    static final class Model {
        static final int IR_VERSION = 1;
        static final int PRODUCER = 2;
        static final int GRAPH = 7;
        static final int OPSETS = 8;
        static final int METADATA = 14;
        static final int FUNCTIONS = 25;

        private Model() {}
    }

    static final class Opset {
        static final int DOMAIN = 1;
        static final int VERSION = 2;

        private Opset() {}
    }

    static final class Function {
        static final int NAME = 1;
        static final int DOMAIN = 10;

        private Function() {}
    }

    static final class Entry {
        static final int KEY = 1;
        static final int VALUE = 2;

        private Entry() {}
    }

    static final class Graph {
        static final int NODES = 1;
        static final int NAME = 2;
        static final int INITIALIZERS = 5;
        static final int INPUTS = 11;
        static final int OUTPUTS = 12;
        static final int SPARSE_INITIALIZERS = 15;

        private Graph() {}
    }

    static final class Node {
        static final int INPUTS = 1;
        static final int OUTPUTS = 2;
        static final int NAME = 3;
        static final int OPERATOR = 4;
        static final int ATTRIBUTES = 5;
        static final int DOMAIN = 7;

        private Node() {}
    }

    static final class Attribute {
        static final int NAME = 1;
        static final int FLOAT = 2;
        static final int INT = 3;
        static final int TEXT = 4;
        static final int TENSOR = 5;
        static final int GRAPH = 6;
        static final int FLOATS = 7;
        static final int INTS = 8;
        static final int TEXTS = 9;
        static final int TENSORS = 10;
        static final int GRAPHS = 11;
        static final int TYPE_VALUE = 14;
        static final int TYPE_VALUES = 15;
        static final int TYPE = 20;
        static final int REFERENCE = 21;
        static final int SPARSE_TENSOR = 22;
        static final int SPARSE_TENSORS = 23;

        static final int IS_FLOAT = 1;
        static final int IS_INT = 2;
        static final int IS_TEXT = 3;
        static final int IS_TENSOR = 4;
        static final int IS_FLOATS = 6;
        static final int IS_INTS = 7;
        static final int IS_TEXTS = 8;

        private Attribute() {}
    }

    static final class TensorData {
        static final int DIMS = 1;
        static final int TYPE = 2;
        static final int SEGMENT = 3;
        static final int FLOATS = 4;
        static final int INT32S = 5;
        static final int INT64S = 7;
        static final int NAME = 8;
        static final int RAW = 9;
        static final int DOUBLES = 10;
        static final int UINT64S = 11;
        static final int EXTERNAL = 13;
        static final int LOCATION = 14;

        private TensorData() {}
    }

    static final class ValueInfo {
        static final int NAME = 1;
        static final int TYPE = 2;
        static final int TYPE_TENSOR = 1;
        static final int TYPE_SEQUENCE = 4;
        static final int TYPE_MAP = 5;
        static final int TYPE_SPARSE = 8;
        static final int TYPE_OPTIONAL = 9;
        static final int TENSOR_ELEMENT = 1;
        static final int TENSOR_SHAPE = 2;
        static final int SHAPE_DIM = 1;
        static final int DIM_VALUE = 1;
        static final int DIM_NAME = 2;

        private ValueInfo() {}
    }

    private OnnxProto() {}
}
