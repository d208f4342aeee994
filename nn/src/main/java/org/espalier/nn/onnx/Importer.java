package org.espalier.nn.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.Graph;
import org.espalier.nn.Layer;
import org.espalier.nn.Sequential;

/**
 * Makes a model of a graph. Idea: beginning at the output, each value becomes a layer by the first pattern that matches
 * the step that gives it, and then what that layer reads is asked for; nodes inside a pattern that nobody else reads
 * are never met. The layers are a chain if each reads the one before, otherwise a graph.
 */
final class Importer {
    private final OnnxGraph graph;
    private final Pattern integers = new IntegerPattern();
    private final List<Pattern> patterns;
    private final Pattern fallback;
    private final List<Value> order = new ArrayList<>();

    private Importer(OnnxGraph graph) {
        this.graph = graph;
        var weights = new ConstantParameters();
        this.patterns = List.of(new ShapePattern(), new LinearPattern(weights), new ActivationPattern(),
                new GatedPattern(), new NormPattern(), new ScalePattern(), new FeaturePattern(weights),
                new JoinPattern());
        this.fallback = new OperatorPattern(graph, weights);
    }

    /** The model that gives an output of a graph. */
    static Layer model(OnnxGraph graph, String output, boolean asFloat32) throws FormatException {
        var value = Analysis.of(graph, output, asFloat32);
        return new Importer(graph).model(value);
    }

    private Layer model(Value output) throws FormatException {
        if (output.isConstant() || output.isCoded()) {
            throw graph.problem("the output " + output + " does not depend on an input of the model");
        }
        var inputs = walk(output);
        if (inputs.size() > 1) {
            var rows = new InputRows(graph, inputs);
            for (var input : inputs) {
                input.becomes(rows.match(input));
            }
        }
        var layers = new ArrayList<Layer>();
        boolean chain = true;
        Value last = null;
        for (var value : order) {
            var match = value.match();
            if (match == null || match.layer() == null) {
                continue;
            }
            chain &= match.inputs().size() == 1 && source(match.inputs().getFirst()) == last;
            layers.add(match.layer());
            last = value;
        }
        var sequence = Sequential.of(layers.toArray(Layer[]::new));
        return chain ? sequence : wired(List.copyOf(sequence.children().keySet()));
    }

    /** The value whose layer gives a value; null for the input of the model. */
    private Value source(Value value) {
        var source = value;
        while (source.match() != null && source.match().layer() == null) {
            source = source.match().inputs().getFirst();
        }
        return source.match() == null ? null : source;
    }

    private Layer wired(List<String> names) {
        var nodes = new ArrayList<Graph.Node>();
        var known = new IdentityHashMap<Value, String>();
        for (var value : order) {
            var match = value.match();
            if (match == null || match.layer() == null) {
                continue;
            }
            var inputs = new ArrayList<String>();
            for (var input : match.inputs()) {
                var source = source(input);
                inputs.add(source == null ? Graph.INPUT : known.get(source));
            }
            var name = names.get(nodes.size());
            nodes.add(new Graph.Node(name, match.layer(), inputs));
            known.put(value, name);
        }
        return Graph.of(nodes);
    }

    /** Matches everything that the output depends on, each value after those it reads; gives the inputs it met. */
    private List<Value> walk(Value output) throws FormatException {
        var inputs = new ArrayList<Value>();
        var stack = new ArrayDeque<Value>();
        stack.push(output);
        while (!stack.isEmpty()) {
            var value = stack.peek();
            if (value.isPlaced()) {
                stack.pop();
            } else if (value.isConstant()) {
                throw graph.problem("the output " + output + " is the constant " + value);
            } else if (value.step() == null || value.match() != null) {
                value.place();
                order.add(value);
                if (value.step() == null) {
                    inputs.add(value);
                }
            } else {
                var match = match(value.step());
                value.becomes(match);
                for (int i = match.inputs().size() - 1; i >= 0; i--) {
                    stack.push(match.inputs().get(i));
                }
            }
        }
        return inputs;
    }

    private Match match(OperatorStep step) throws FormatException {
        try {
            var codes = integers.match(step);
            if (codes != null) {
                return codes;
            }
            for (var input : step.inputs()) {
                if (input != null) {
                    input.decode();
                }
            }
            for (var pattern : patterns) {
                var match = pattern.match(step);
                if (match != null) {
                    return match;
                }
            }
            return fallback.match(step);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw graph.problem(step.node(), e.getMessage());
        }
    }
}
