package org.espalier.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.StringJoiner;
import org.espalier.io.FormatException;
import org.espalier.io.Json;

/**
 * Layers wired as a directed acyclic graph: each node applies a layer to the value of one earlier node, or a
 * {@link Join} to the values of several. The value of the last node is the graph's output. Immutable; a layer may
 * stand in several nodes, which then share its parameters.
 *
 * {@snippet :
 * var gated = Graph.of(
 *         Graph.node("value", Linear.of(8, 4), Graph.INPUT),
 *         Graph.node("gate", Linear.of(8, 4), Graph.INPUT),
 *         Graph.node("open", Activation.sigmoid(), "gate"),
 *         Graph.node("product", Join.product(), "value", "open"));
 * }
 */
public final class Graph implements Container {
    /** The name of the graph's own input among the inputs of nodes. */
    public static final String INPUT = "input";

    private static final String INPUTS = "inputs";

    /**
     * A layer and what it is applied to.
     *
     * @param name unique in the graph; part of the names of parameters, so a word without dots
     * @param layer the layer; a {@link Join} if it has more than one input
     * @param inputs names of earlier nodes, or {@link #INPUT}, in the order in which a join takes them
     */
    public record Node(String name, Layer layer, List<String> inputs) {
        /** Takes its own copy of the list. */
        public Node {
            inputs = List.copyOf(inputs);
        }
    }

    private final List<Node> nodes;
    private final List<Part> parts;

    private Graph(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
        var layers = new LinkedHashMap<String, Layer>();
        var unused = new LinkedHashMap<String, Boolean>();
        for (var node : nodes) {
            for (var input : node.inputs) {
                if (!input.equals(INPUT) && !layers.containsKey(input)) {
                    throw refused(node, "reads \"" + input + "\", which is not a node before it; there are "
                            + layers.keySet() + " and \"" + INPUT + "\"");
                }
                unused.remove(input);
            }
            if (node.inputs.isEmpty() || node.inputs.size() > 1 && !(node.layer instanceof Join)) {
                throw refused(node, "has " + node.inputs.size() + " inputs; " + node.layer
                        + " takes one, only a Join takes several");
            }
            if (node.name.equals(INPUT) || layers.put(node.name, node.layer) != null) {
                throw refused(node, "has a name that is taken");
            }
            unused.put(node.name, true);
        }
        if (unused.size() != 1) {
            throw new IllegalArgumentException(nodes.isEmpty()
                    ? "graph: needs at least one node"
                    : "graph: only the last node may be read by no other, but so are " + unused.keySet());
        }
        Sequential.checkedNames(layers);
        this.parts = parts(nodes);
    }

    private static List<Part> parts(List<Node> nodes) {
        var numbers = new HashMap<String, Integer>();
        numbers.put(INPUT, 0);
        var parts = new ArrayList<Part>();
        for (var node : nodes) {
            var inputs = new ArrayList<Integer>();
            for (var input : node.inputs) {
                inputs.add(numbers.get(input));
            }
            parts.add(new Part(node.name, node.layer, inputs));
            numbers.put(node.name, parts.size());
        }
        return List.copyOf(parts);
    }

    private static IllegalArgumentException refused(Node node, String problem) {
        return new IllegalArgumentException("graph: node \"" + node.name + "\" " + problem);
    }

    /** As {@link #of(List)}. */
    public static Graph of(Node... nodes) {
        return of(List.of(nodes));
    }

    /**
     * A graph of these nodes.
     *
     * @param nodes each after those that it reads; the last one gives the output
     * @throws IllegalArgumentException if there is none, a name is taken, empty or has a dot, a node reads one that is
     *     not before it, has several inputs without being a join, or is read by none although it is not the last
     */
    public static Graph of(List<Node> nodes) {
        var graph = new Graph(nodes);
        Layers.place(graph);
        return graph;
    }

    /** A layer applied to the value of a node, or a {@link Join} to those of several, in this order. */
    public static Node node(String name, Layer layer, String... inputs) {
        return new Node(name, layer, List.of(inputs));
    }

    /** This graph with a node in front, which reads the input and is read in its place. */
    public Graph withFront(String name, Layer layer) {
        var all = new ArrayList<Node>();
        all.add(node(name, layer, INPUT));
        for (var node : nodes) {
            var inputs = new ArrayList<String>();
            for (var input : node.inputs) {
                inputs.add(input.equals(INPUT) ? name : input);
            }
            all.add(new Node(node.name, node.layer, inputs));
        }
        return new Graph(all);
    }

    /** The nodes, each after those that it reads. */
    public List<Node> nodes() {
        return nodes;
    }

    @Override
    public List<Part> parts() {
        return parts;
    }

    /** The wiring: {@code {"inputs": {"value": ["input"], "open": ["gate"], …}}}. */
    @Override
    public LayerConfig config() {
        var wiring = Json.object();
        for (var node : nodes) {
            var names = new ArrayList<Json>();
            for (var input : node.inputs) {
                names.add(new Json.Str(input));
            }
            wiring = wiring.with(node.name, Json.array(names));
        }
        return new LayerConfig("graph", Json.object().with(INPUTS, wiring));
    }

    static Graph build(Blueprint plan) throws FormatException {
        var wiring = plan.attributes().object(INPUTS);
        var nodes = new ArrayList<Node>();
        for (var child : plan.children().entrySet()) {
            var inputs = new ArrayList<String>();
            for (var input : wiring.items(child.getKey())) {
                if (!(input instanceof Json.Str(String name))) {
                    throw new FormatException("config", "an input of node " + child.getKey() + " is not a name");
                }
                inputs.add(name);
            }
            nodes.add(new Node(child.getKey(), child.getValue(), inputs));
        }
        return new Graph(nodes);
    }

    /** For example {@code Graph(value = Linear(8 → 4)[input], open = Sigmoid[value])}. */
    @Override
    public String toString() {
        var text = new StringJoiner(", ", "Graph(", ")");
        for (var node : nodes) {
            text.add(node.name + " = " + node.layer + node.inputs);
        }
        return text.toString();
    }
}
