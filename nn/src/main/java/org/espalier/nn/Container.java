package org.espalier.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.espalier.nn.step.GraphSteps;
import org.espalier.nn.step.Merge;
import org.espalier.nn.step.Steps;
import org.espalier.tensor.Tensor;

/**
 * A layer that is nothing but other layers, applied one to the other. It says so once, in {@link #parts}; its forward
 * pass, its children, how it is served and how it is pruned follow from that.
 */
public interface Container extends Layer {
    /**
     * A layer and what it is applied to. Values have numbers: 0 is the container's input, k the value of part k.
     *
     * @param name the child's name; empty for a join that belongs to the container itself, without parameters
     * @param layer the layer; a {@link Join} if it has more than one input
     * @param inputs the numbers of earlier values
     */
    record Part(String name, Layer layer, List<Integer> inputs) {
        /** A child applied to one value. */
        public static Part of(String name, Layer layer, int input) {
            return new Part(name, layer, List.of(input));
        }

        /** A join of the container's own. */
        public static Part of(Join join, Integer... inputs) {
            return new Part("", join, List.of(inputs));
        }

        /** The full name of the layer in a container of this full name; the container's if it has no name. */
        public String path(String container) {
            return name.isEmpty() ? container : Layers.join(container, name);
        }

        /** The value for the container's input and the values of all parts before. */
        public Tensor value(List<Tensor> values, Mode mode) {
            if (!(layer instanceof Join join)) {
                return layer.forward(values.get(inputs.getFirst()), mode);
            }
            var joined = new ArrayList<Tensor>(inputs.size());
            for (int input : inputs) {
                joined.add(values.get(input));
            }
            return join.join(joined, mode);
        }
    }

    /**
     * The parts, each after those that it reads; the last one gives the output. Without any, the input is the output.
     */
    List<Part> parts();

    @Override
    default Tensor forward(Tensor x, Mode mode) {
        var values = new ArrayList<Tensor>();
        values.add(x);
        for (var part : parts()) {
            values.add(part.value(values, mode));
        }
        return values.getLast();
    }

    @Override
    default SequencedMap<String, Layer> children() {
        var children = new LinkedHashMap<String, Layer>();
        for (var part : parts()) {
            if (!part.name.isEmpty()) {
                children.put(part.name, part.layer);
            }
        }
        return Collections.unmodifiableSequencedMap(children);
    }

    @Override
    default Dependency dependency() {
        return new Dependency.Composed(parts());
    }

    @Override
    default void compile(Steps steps) {
        var parts = parts();
        int chain = 0;
        while (chain < parts.size() && isOnlyReader(parts, chain)) {
            parts.get(chain).layer.compile(steps.at(parts.get(chain).path(steps.path())));
            chain++;
        }
        if (chain == parts.size()) {
            return;
        }
        var graph = steps.graph();
        // the graph's numbers of the values from the end of the chain on
        var numbers = new ArrayList<Integer>(Collections.nCopies(chain, -1));
        numbers.add(0);
        for (int i = chain; i < parts.size(); i++) {
            var part = parts.get(i);
            var path = part.path(steps.path());
            int input = numbers.get(part.inputs.getFirst());
            if (part.layer instanceof Join join && part.inputs.size() > 1) {
                int[] inputs = new int[part.inputs.size()];
                for (int k = 0; k < inputs.length; k++) {
                    inputs[k] = numbers.get(part.inputs.get(k));
                }
                numbers.add(join(graph, path, join, inputs));
            } else {
                int node = isOnlyReader(parts, i) && graph.steps(input) != null ? input : graph.add(input);
                part.layer.compile(graph.steps(node).at(path));
                numbers.add(node);
            }
        }
        graph.end(numbers.getLast());
    }

    /** Whether part {@code i} reads one value, which no other part reads. */
    private static boolean isOnlyReader(List<Part> parts, int i) {
        var inputs = parts.get(i).inputs;
        int readers = 0;
        for (var part : parts) {
            for (int input : part.inputs) {
                readers += input == inputs.getFirst() ? 1 : 0;
            }
        }
        return readers == 1 && inputs.size() == 1;
    }

    private static int join(GraphSteps graph, String path, Join join, int... inputs) {
        var dependency = join.dependency();
        if (dependency instanceof Dependency.Sum) {
            return graph.merge(path, Merge.SUM, inputs);
        }
        if (dependency instanceof Dependency.Product) {
            return graph.merge(path, Merge.PRODUCT, inputs);
        }
        if (dependency instanceof Dependency.Concatenated) {
            return graph.merge(path, Merge.CONCAT, inputs);
        }
        var shapes = new int[inputs.length][];
        for (int k = 0; k < inputs.length; k++) {
            shapes[k] = graph.shape(inputs[k]);
        }
        join.requireRows(shapes);
        int node = graph.add(graph.flatConcat(inputs));
        LayerStep.add(join, graph.steps(node).at(path), shapes);
        return node;
    }
}
