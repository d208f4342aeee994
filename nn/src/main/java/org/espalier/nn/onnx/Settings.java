package org.espalier.nn.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.espalier.io.FormatException;

/** The attributes of a node. One that nobody asked for is refused in the end: it might change what the node means. */
final class Settings {
    private final OnnxGraph graph;
    private final OnnxGraph.Node node;
    private final Set<String> known = new HashSet<>();

    Settings(OnnxGraph graph, OnnxGraph.Node node) {
        this.graph = graph;
        this.node = node;
    }

    /** A float. */
    float real(String name, float otherwise) {
        known.add(name);
        var attribute = node.attributes().get(name);
        return attribute == null ? otherwise : attribute.real();
    }

    /** A whole number that must be one of these. */
    long requireOneOf(String name, long otherwise, long... supported) throws FormatException {
        known.add(name);
        var attribute = node.attributes().get(name);
        long value = attribute == null ? otherwise : attribute.integer();
        for (long one : supported) {
            if (value == one) {
                return value;
            }
        }
        throw graph.problem(node, name + " = " + value + " is not supported");
    }

    /** A text that must be this if it is there. */
    void requireText(String name, String supported) throws FormatException {
        known.add(name);
        var attribute = node.attributes().get(name);
        if (attribute != null && !attribute.text().equals(supported)) {
            throw graph.problem(node, name + " = \"" + attribute.text() + "\" is not supported");
        }
    }

    /** Attributes that do not matter in inference. */
    void ignore(String... names) {
        known.addAll(List.of(names));
    }

    /** Refuses attributes that were not asked for. */
    void requireNoOthers() throws FormatException {
        for (var name : node.attributes().keySet()) {
            if (!known.contains(name)) {
                throw graph.problem(node, "the attribute " + name + " is not supported");
            }
        }
    }
}
