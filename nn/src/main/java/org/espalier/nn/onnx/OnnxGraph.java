package org.espalier.nn.onnx;

import java.util.List;
import java.util.Map;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;

/**
 * What this package reads of an ONNX model.
 *
 * @param source the file's name, for complaints
 * @param opset the version of the standard operators
 * @param nodes in the order of the file, without {@code Constant} nodes
 * @param constants initializers and the values of {@code Constant} nodes, by name
 * @param input the one value that is given
 * @param inputDims its sizes, −1 where one is open; empty if they are not said
 * @param output the value that is asked for
 * @param metadata the model's strings
 */
record OnnxGraph(
        String source,
        long opset,
        List<Node> nodes,
        Map<String, RawTensor> constants,
        String input,
        List<Long> inputDims,
        String output,
        Map<String, String> metadata) {

    /** A node; {@code offset} is where it stands in the file. */
    record Node(
            long offset,
            String operator,
            String domain,
            String name,
            List<String> inputs,
            List<String> outputs,
            Map<String, Attribute> attributes) {

        /** The name of an input; empty if it is left out. */
        String input(int index) {
            return index < inputs.size() ? inputs.get(index) : "";
        }

        /** The operator with its domain, unless that is the standard's. */
        String fullOperator() {
            return domain.isEmpty() ? operator : domain + "." + operator;
        }

        @Override
        public String toString() {
            return name.isEmpty() ? fullOperator() : fullOperator() + " (node " + name + ")";
        }
    }

    /** A setting of a node; what it has not is 0, empty or null. */
    record Attribute(long type, float real, long integer, String text, RawTensor tensor) {}

    /** A complaint about a node. */
    FormatException problem(Node node, String what) {
        return new FormatException(source, node.offset, node + ": " + what);
    }
}
