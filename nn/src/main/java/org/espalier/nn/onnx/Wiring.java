package org.espalier.nn.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Operators;

/**
 * The nodes that an output depends on, each after those it reads; the others are cut off. Idea: a depth-first walk from
 * the output with a stack of its own, so a long chain costs no Java stack. Cost: linear in the graph.
 */
final class Wiring {
    private final OnnxGraph graph;
    private final Map<String, OnnxGraph.Node> producers = new HashMap<>();
    private final Set<String> given = new HashSet<>();

    private Wiring(OnnxGraph graph) throws FormatException {
        this.graph = graph;
        for (var input : graph.inputs()) {
            given.add(input.name());
        }
        given.addAll(graph.constants().keySet());
        for (var node : graph.nodes()) {
            for (var output : node.outputs()) {
                if (!output.isEmpty() && (producers.put(output, node) != null || given.contains(output))) {
                    throw graph.problem(node, "gives \"" + output + "\", which is there already");
                }
            }
        }
    }

    /** The nodes behind a value, in an order in which they can be computed. */
    static List<OnnxGraph.Node> of(OnnxGraph graph, String output) throws FormatException {
        var wiring = new Wiring(graph);
        var nodes = wiring.ordered(output);
        wiring.requireOperators(nodes);
        return nodes;
    }

    private List<OnnxGraph.Node> ordered(String output) throws FormatException {
        var order = new ArrayList<OnnxGraph.Node>();
        // false while the nodes it reads are being walked
        var states = new HashMap<OnnxGraph.Node, Boolean>();
        var stack = new ArrayDeque<OnnxGraph.Node>();
        var first = producer(null, output);
        if (first != null) {
            stack.push(first);
        }
        while (!stack.isEmpty()) {
            var node = stack.peek();
            var state = states.putIfAbsent(node, false);
            if (state != null) {
                stack.pop();
                if (!state) {
                    states.put(node, true);
                    order.add(node);
                }
                continue;
            }
            for (var input : node.inputs()) {
                var before = input.isEmpty() ? null : producer(node, input);
                if (before == null || Boolean.TRUE.equals(states.get(before))) {
                    continue;
                }
                if (states.containsKey(before)) {
                    throw graph.problem(node, "reads \"" + input + "\", which depends on this node itself");
                }
                stack.push(before);
            }
        }
        return order;
    }

    private OnnxGraph.Node producer(OnnxGraph.Node reader, String value) throws FormatException {
        if (given.contains(value)) {
            return null;
        }
        var node = producers.get(value);
        if (node == null) {
            var what = "\"" + value + "\" is neither an input, nor a constant, nor the output of a node";
            throw reader == null ? graph.problem(what) : graph.problem(reader, what);
        }
        return node;
    }

    /** Names all operators that are not supported at once, not only the one that is met first. */
    private void requireOperators(List<OnnxGraph.Node> nodes) throws FormatException {
        OnnxGraph.Node first = null;
        var others = new TreeSet<String>();
        for (var node : nodes) {
            if (!Operators.has(node.domain(), node.operator()) && !Constants.isConstant(node)) {
                first = first == null ? node : first;
                others.add(node.fullOperator());
            }
        }
        if (first == null) {
            return;
        }
        if (graph.functions().contains(first.fullOperator().equals(first.operator())
                ? "." + first.operator()
                : first.fullOperator())) {
            throw graph.problem(first, "is a function that the file defines: inline it before, for example with"
                    + " onnx.inliner.inline_local_functions");
        }
        others.remove(first.fullOperator());
        throw graph.problem(first, "this operator is not supported" + (others.isEmpty()
                ? ""
                : ", nor are " + String.join(", ", others))
                + "; ask for an output before it, or export the model without it; supported are "
                + String.join(", ", Operators.names()));
    }
}
