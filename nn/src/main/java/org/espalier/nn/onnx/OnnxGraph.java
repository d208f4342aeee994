package org.espalier.nn.onnx;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Attribute;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.nn.onnx.operator.Dims;

/**
 * What this package reads of an ONNX model.
 *
 * @param source the file's name, for messages
 * @param bytes how long the file is, data beside it included
 * @param opsets the version of the operators of each domain; the standard's is empty
 * @param nodes in the order of the file
 * @param constants initializers by name
 * @param inputs the values that are given; initializers are not among them
 * @param outputs the values that can be asked for
 * @param functions the operators that the file defines itself, with their domains
 * @param metadata the model's strings
 */
record OnnxGraph(
        String source,
        long bytes,
        Map<String, Long> opsets,
        List<Node> nodes,
        Map<String, Held> constants,
        List<Port> inputs,
        List<Port> outputs,
        Set<String> functions,
        Map<String, String> metadata) {

    /** A constant, or why it cannot be used; {@code offset} is where it stands in the file. */
    record Held(long offset, Constant value, String refusal) {}

    /**
     * An input or output of the graph.
     *
     * @param offset where it stands in the file
     * @param name its name
     * @param type the number of its element type; 0 if it is not a tensor, or not known
     * @param kind what it is if it is not a tensor, otherwise {@code tensor}
     * @param dims its sizes; null if they are not known
     */
    record Port(long offset, String name, long type, String kind, Dims dims) {}

    /** A node; {@code offset} is where it stands in the file. */
    record Node(
            long offset,
            String operator,
            String domain,
            String name,
            List<String> inputs,
            List<String> outputs,
            Map<String, Attribute> attributes) {

        /** The operator with its domain, unless that is the standard's. */
        String fullOperator() {
            return domain.isEmpty() ? operator : domain + "." + operator;
        }

        @Override
        public String toString() {
            return fullOperator() + (name.isEmpty() ? "" : " (node " + name + ")");
        }
    }

    /** A complaint about a node. */
    FormatException problem(Node node, String what) {
        return new FormatException(source, node.offset, node + ": " + what);
    }

    /** A complaint about the whole graph. */
    FormatException problem(String what) {
        return new FormatException(source, what);
    }
}
