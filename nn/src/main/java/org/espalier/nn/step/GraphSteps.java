package org.espalier.nn.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.tensor.ShapeException;

/**
 * The steps of a directed acyclic graph, collected node by node. Values have numbers: 0 is the graph's input, each node
 * adds the next one.
 */
public final class GraphSteps {
    private final Steps outer;
    private final List<Node> nodes = new ArrayList<>();

    /** A value: steps from one earlier value, or a merge of several. */
    private record Node(int[] inputs, Steps steps, Merge merge, int[] shape) {}

    GraphSteps(Steps outer) {
        this.outer = outer;
        nodes.add(new Node(new int[0], null, null, outer.shape()));
    }

    /** Adds a node without steps yet, which start from an earlier value. */
    public int add(int input) {
        nodes.add(new Node(new int[] {input}, Steps.from(outer, shape(input)), null, null));
        return nodes.size() - 1;
    }

    /** The steps of a node that {@link #add} made. */
    public Steps steps(int node) {
        return nodes.get(node).steps;
    }

    /** The shape of a value at this point. */
    public int[] shape(int value) {
        var node = nodes.get(value);
        return node.steps == null ? node.shape.clone() : node.steps.shape();
    }

    /**
     * Adds a node that merges values.
     *
     * @param path the node's full name
     * @throws ShapeException if their shapes do not fit
     */
    public int merge(String path, Merge merge, int... inputs) {
        int[] shape = shape(inputs[0]);
        int last = shape.length - 1;
        for (int k = 1; k < inputs.length; k++) {
            int[] other = shape(inputs[k]);
            int width = shape[last];
            if (merge == Merge.CONCAT && other.length == shape.length) {
                shape[last] = other[last];
            }
            if (!Arrays.equals(shape, other)) {
                throw new ShapeException("inference: " + (path.isEmpty() ? "the model" : path) + " cannot merge "
                        + Arrays.toString(shape(inputs[0])) + " and " + Arrays.toString(other));
            }
            shape[last] = merge == Merge.CONCAT ? Math.addExact(width, other[last]) : width;
        }
        nodes.add(new Node(inputs.clone(), null, merge, shape));
        return nodes.size() - 1;
    }

    /**
     * Adds a node with the values behind one another, each sample flattened, for a step that takes them all.
     */
    public int flatConcat(int... inputs) {
        int size = 0;
        for (int input : inputs) {
            size = Math.addExact(size, GraphStep.size(shape(input)));
        }
        nodes.add(new Node(inputs.clone(), null, Merge.CONCAT, new int[] {size}));
        return nodes.size() - 1;
    }

    /** Adds the graph, whose output is this value, to the steps in which it began. */
    public void end(int value) {
        int result = origin(value);
        int[] shape = shape(value);
        if (result != 0) {
            outer.samples(new GraphStep(operations(result)), shape);
            var steps = nodes.get(result).steps;
            outer.setThreshold(steps == null ? 0 : steps.threshold());
        } else {
            outer.reshape(shape);
        }
    }

    /** The value that this one has the numbers of: itself, or an earlier one if its steps do nothing. */
    private int origin(int value) {
        var node = nodes.get(value);
        return node.steps != null && node.steps.isEmpty() ? origin(node.inputs[0]) : value;
    }

    private List<GraphStep.Operation> operations(int result) {
        var needed = new boolean[nodes.size()];
        needed[result] = true;
        var operations = new ArrayList<GraphStep.Operation>();
        for (int value = result; value > 0; value--) {
            var node = nodes.get(value);
            if (!needed[value]) {
                continue;
            }
            int[] inputs = new int[node.inputs.length];
            int[] widths = new int[inputs.length];
            for (int k = 0; k < inputs.length; k++) {
                inputs[k] = origin(node.inputs[k]);
                needed[inputs[k]] = true;
                int[] shape = shape(inputs[k]);
                boolean flat = node.shape != null && node.shape.length == 1;
                widths[k] = flat ? GraphStep.size(shape) : shape[shape.length - 1];
            }
            var step = node.steps == null ? null : node.steps.build();
            int[] shape = step == null ? node.shape : new int[] {step.out()};
            int width = shape[shape.length - 1];
            int vectors = GraphStep.size(Arrays.copyOf(shape, shape.length - 1));
            operations.add(new GraphStep.Operation(step, node.merge, inputs, widths, value, vectors, width));
        }
        return operations.reversed();
    }
}
