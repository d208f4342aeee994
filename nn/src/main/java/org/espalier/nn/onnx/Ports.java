package org.espalier.nn.onnx;

import org.espalier.io.DType;
import org.espalier.io.FormatException;

/** The inputs of a graph as this library takes them. */
final class Ports {
    private Ports() {}

    /** The element type of an input. */
    static DType type(OnnxGraph graph, OnnxGraph.Port port, boolean asFloat32) throws FormatException {
        var type = DType.ofOnnx(Math.clamp(port.type(), 0, Integer.MAX_VALUE)).filter(DType::isDecodable);
        if (type.isEmpty()) {
            throw problem(graph, port, "is " + text(port) + ", which this library does not take: ask for an output that"
                    + " does not depend on it, or export the model with numbers in place of it");
        }
        if (type.get().isFloat() && type.get() != DType.F32) {
            if (!asFloat32) {
                throw problem(graph, port, "is " + text(port)
                        + ": read the file with asFloat32() to have all floats converted");
            }
            return DType.F32;
        }
        return type.get();
    }

    private static FormatException problem(OnnxGraph graph, OnnxGraph.Port port, String what) {
        return new FormatException(graph.source(), port.offset(), "input \"" + port.name() + "\" " + what);
    }

    /** What a port is, for messages. */
    static String text(OnnxGraph.Port port) {
        if (port.type() == 0) {
            return port.kind().equals("tensor") ? "of an unknown type" : "a " + port.kind();
        }
        return name(port.type());
    }

    /** The format's name of an element type. */
    static String name(long type) {
        return switch (Math.clamp(type, 0, Integer.MAX_VALUE)) {
            case 1 -> "float";
            case 2 -> "uint8";
            case 3 -> "int8";
            case 4 -> "uint16";
            case 5 -> "int16";
            case 6 -> "int32";
            case 7 -> "int64";
            case 8 -> "string";
            case 9 -> "bool";
            case 10 -> "float16";
            case 11 -> "double";
            case 12 -> "uint32";
            case 13 -> "uint64";
            case 16 -> "bfloat16";
            default -> "of element type " + type;
        };
    }
}
