package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.FormatException;

/**
 * Finds the chain of nodes that leads from the input of a graph to its output. Idea: walk from the output backwards;
 * where two computed values are added, the one that comes later in the file must lead back to the other, and is the
 * body of a residual block. Invariant: each step goes to a node that stands before the last, and none is visited twice,
 * so the walk ends after as many steps as there are nodes; blocks nest to a bounded depth.
 */
final class GraphPath {
    private static final int DEEPEST = 64;

    /**
     * A node of the chain.
     *
     * @param node the node; of a GELU written in five nodes, the last
     * @param operator what it does: its operator, or {@link #GELU} or {@link #RESIDUAL}
     * @param body what a residual block adds to its input, else empty
     */
    record Link(OnnxGraph.Node node, String operator, List<Link> body) {}

    static final String GELU = "Gelu";
    static final String RESIDUAL = "residual";

    private final OnnxGraph graph;
    private final Map<String, Integer> producers = new HashMap<>();

    private GraphPath(OnnxGraph graph) throws FormatException {
        this.graph = graph;
        for (int i = 0; i < graph.nodes().size(); i++) {
            var node = graph.nodes().get(i);
            for (var output : node.outputs()) {
                if (!output.isEmpty() && (producers.put(output, i) != null || graph.constants().containsKey(output))) {
                    throw graph.problem(node, "gives \"" + output + "\", which is there already");
                }
            }
        }
    }

    static List<Link> of(OnnxGraph graph) throws FormatException {
        var path = new GraphPath(graph);
        return path.between(graph.input(), graph.output(), graph.nodes().size(), 0);
    }

    /** The links from one value to another that is made before node number {@code limit}, in order. */
    private List<Link> between(String from, String to, int limit, int depth) throws FormatException {
        var links = new ArrayList<Link>();
        var value = to;
        int before = limit;
        while (!value.equals(from)) {
            int index = producer(value, before, from);
            var node = graph.nodes().get(index);
            if (!node.outputs().getFirst().equals(value)) {
                throw graph.problem(node, "only its first output is supported");
            }
            before = index;
            var gelu = gelu(node, index);
            if (gelu.isPresent()) {
                links.add(new Link(node, GELU, List.of()));
                value = gelu.get();
            } else if (isSumOfTwo(node)) {
                if (depth == DEEPEST) {
                    throw graph.problem(node, "residual blocks are nested deeper than " + DEEPEST);
                }
                boolean firstIsLater = order(node.input(0)) > order(node.input(1));
                value = node.input(firstIsLater ? 1 : 0);
                links.add(new Link(
                        node, RESIDUAL, between(value, node.input(firstIsLater ? 0 : 1), index, depth + 1)));
            } else {
                links.add(new Link(node, node.operator(), List.of()));
                value = data(node);
            }
        }
        Collections.reverse(links);
        return links;
    }

    private int producer(String value, int before, String from) throws FormatException {
        var index = producers.get(value);
        if (index == null || index >= before) {
            var where = before < graph.nodes().size() ? graph.nodes().get(before).offset() : FormatException.NO_OFFSET;
            throw new FormatException(graph.source(), where, "\"" + value + "\" does not come from \"" + from
                    + "\" by nodes in order; only chains and residual blocks are supported");
        }
        return index;
    }

    private int order(String value) {
        return producers.getOrDefault(value, -1);
    }

    private boolean isConstant(String value) {
        return graph.constants().containsKey(value);
    }

    private boolean isSumOfTwo(OnnxGraph.Node node) {
        return node.operator().equals("Add") && node.inputs().size() == 2
                && node.inputs().stream().noneMatch(this::isConstant);
    }

    /** The input that is not constant: for a sum either, else the first. */
    private String data(OnnxGraph.Node node) throws FormatException {
        var value = node.operator().equals("Add") && isConstant(node.input(0)) ? node.input(1) : node.input(0);
        if (value.isEmpty() || isConstant(value)) {
            throw graph.problem(node, "its first input must be a computed value");
        }
        return value;
    }

    /** The x of (x·(erf(x/√2) + 1))·½, if that is what ends in this node. */
    private Optional<String> gelu(OnnxGraph.Node node, int index) {
        var product = scaled(node, "Mul", 0.5, index);
        if (product.isEmpty() || product.get().inputs().size() != 2) {
            return Optional.empty();
        }
        for (int i = 0; i < 2; i++) {
            var x = product.get().input(i);
            var erf = made(product.get().input(1 - i), index).flatMap(sum -> scaled(sum, "Add", 1, index));
            var scale = erf.filter(it -> it.operator().equals("Erf")).flatMap(it -> made(it.input(0), index));
            if (product.get().operator().equals("Mul") && scale.isPresent() && scales(scale.get(), x)) {
                return Optional.of(x);
            }
        }
        return Optional.empty();
    }

    private boolean scales(OnnxGraph.Node node, String x) {
        double root = Math.sqrt(0.5);
        return other(node, "Mul", root).filter(x::equals).isPresent()
                || node.input(0).equals(x) && other(node, "Div", 1 / root).filter(x::equals).isPresent();
    }

    /** The node that made the other input of an operator whose one input is a constant number. */
    private Optional<OnnxGraph.Node> scaled(OnnxGraph.Node node, String operator, double number, int before) {
        return other(node, operator, number).flatMap(value -> made(value, before));
    }

    private Optional<String> other(OnnxGraph.Node node, String operator, double number) {
        if (node.operator().equals(operator) && node.domain().isEmpty() && node.inputs().size() == 2) {
            for (int i = 0; i < 2; i++) {
                var constant = graph.constants().get(node.input(i));
                if (constant != null && constant.dtype().isFloat() && constant.shape().size() == 1
                        && Math.abs(constant.toFloats()[0] - number) <= 1e-6) {
                    return Optional.of(node.input(1 - i));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<OnnxGraph.Node> made(String value, int before) {
        int index = order(value);
        return index >= 0 && index < before ? Optional.of(graph.nodes().get(index)) : Optional.empty();
    }
}
