package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Attributes;
import org.espalier.nn.onnx.operator.Dims;
import org.espalier.nn.onnx.operator.Operator;
import org.espalier.nn.onnx.operator.Operators;

/**
 * What is known of a graph before anything is computed: element types, sizes with the open ones as names, integers that
 * depend on sizes alone, and constants, computed where all inputs of a node are constants. Steps that nobody reads any
 * more stay out of what comes after, because that begins at the output.
 */
final class Analysis {
    private final OnnxGraph graph;
    private final boolean asFloat32;
    private final Folding folding;
    private final Map<String, Value> values = new HashMap<>();

    private Analysis(OnnxGraph graph, boolean asFloat32) {
        this.graph = graph;
        this.asFloat32 = asFloat32;
        this.folding = new Folding(graph.bytes());
    }

    /** The output of a graph with all it depends on. */
    static Value of(OnnxGraph graph, String output, boolean asFloat32) throws FormatException {
        var analysis = new Analysis(graph, asFloat32);
        for (var node : Wiring.of(graph, output)) {
            analysis.add(node);
        }
        var value = analysis.value(null, output);
        value.use();
        return value;
    }

    private Value value(OnnxGraph.Node reader, String name) throws FormatException {
        var known = values.get(name);
        if (known != null) {
            return known;
        }
        var held = graph.constants().get(name);
        var value = held != null ? constant(reader, name, held) : input(name);
        values.put(name, value);
        return value;
    }

    private Value constant(OnnxGraph.Node reader, String name, OnnxGraph.Held held) throws FormatException {
        if (held.refusal() != null) {
            var what = "the constant \"" + name + "\" cannot be used: " + held.refusal();
            throw reader == null ? graph.problem(what) : graph.problem(reader, what);
        }
        return Value.constant(name, asFloat32 ? held.value().asFloat32() : held.value());
    }

    private Value input(String name) throws FormatException {
        for (var port : graph.inputs()) {
            if (port.name().equals(name)) {
                return Value.input(name, Ports.type(graph, port, asFloat32), port.dims());
            }
        }
        throw graph.problem("there is no value \"" + name + "\"");
    }

    private void add(OnnxGraph.Node node) throws FormatException {
        var inputs = new ArrayList<Value>(node.inputs().size());
        for (var name : node.inputs()) {
            inputs.add(name.isEmpty() ? null : value(node, name));
        }
        // what is left out at the end is not there at all
        while (!inputs.isEmpty() && inputs.getLast() == null) {
            inputs.removeLast();
        }
        try {
            for (int output = 0; output < node.outputs().size(); output++) {
                var name = node.outputs().get(output);
                if (!name.isEmpty()) {
                    var value = value(node, inputs, output);
                    if (value != null) {
                        values.put(name, value);
                    }
                }
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw graph.problem(node, e.getMessage());
        }
        for (var input : inputs) {
            if (input != null) {
                input.use();
            }
        }
    }

    private Value value(OnnxGraph.Node node, List<Value> inputs, int output) throws FormatException {
        var attributes = new Attributes(node.attributes(), opset(node), output, node.outputs().size());
        if (Constants.isConstant(node)) {
            var constant = Constants.of(attributes);
            return Value.constant(node.outputs().get(output), asFloat32 ? constant.asFloat32() : constant);
        }
        Operator operator;
        var present = new boolean[inputs.size()];
        for (int i = 0; i < present.length; i++) {
            present[i] = inputs.get(i) != null;
        }
        Operators.requireInputs(node.domain(), node.operator(), present);
        try {
            operator = Operators.of(node.domain(), node.operator(), attributes);
        } catch (IllegalArgumentException e) {
            if (output > 0) {
                // perhaps nobody reads it
                return null;
            }
            throw e;
        }
        return computed(new OperatorStep(node, output, operator, Collections.unmodifiableList(inputs)));
    }

    private long opset(OnnxGraph.Node node) throws FormatException {
        var opset = graph.opsets().get(node.domain());
        if (opset == null) {
            throw graph.problem(node, "the file does not say which opset of the domain " + node.domain() + " it uses");
        }
        return opset;
    }

    private Value computed(OperatorStep step) {
        var facts = OperatorStep.facts(step.inputs());
        var name = step.node().outputs().get(step.output());
        var type = narrowed(step.operator().type(facts));
        var dims = step.operator().dims(facts).orElse(null);
        var constant = folding.constant(step, type, dims);
        if (constant != null) {
            return Value.constant(name, constant);
        }
        requireFloat32(step, type);
        return Value.computed(name, type, dims, step).withIntegers(Integers.of(step, type));
    }

    private DType narrowed(DType type) {
        return asFloat32 && type.isFloat() ? DType.F32 : type;
    }

    private static void requireFloat32(OperatorStep step, DType type) {
        boolean other = type.isFloat() && type != DType.F32;
        for (var input : step.inputs()) {
            other |= input != null && input.type().isFloat() && input.type() != DType.F32;
        }
        if (other) {
            throw new IllegalArgumentException("it computes with floats of other types than float32: read the file"
                    + " with asFloat32() to have them all converted");
        }
    }

    /** Sizes as text, for lists of inputs and outputs. */
    static String text(Dims dims) {
        return dims == null ? "of any shape" : dims.toString();
    }
}
