package org.espalier.nn.onnx;

import java.util.HashMap;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * The constants of a graph as parameters. Each is decoded once: nodes that name the same constant share a parameter, so
 * tied weights stay tied, and a small file cannot ask for much memory.
 */
final class Weights {
    private final OnnxGraph graph;
    private final Map<String, Parameter> matrices = new HashMap<>();
    private final Map<String, Parameter> transposed = new HashMap<>();
    private final Map<String, Parameter> biases = new HashMap<>();
    private final Map<String, Tensor> decoded = new HashMap<>();
    private final Map<Integer, Tensor> zeros = new HashMap<>();

    Weights(OnnxGraph graph) {
        this.graph = graph;
    }

    /** A weight [out, in] from a constant of that shape, or of the transposed one. */
    Parameter matrix(OnnxGraph.Node node, String name, boolean stored) throws FormatException {
        var known = stored ? matrices : transposed;
        var parameter = known.get(name);
        if (parameter == null) {
            var value = floats(node, name);
            if (value.rank() != 2 || value.size() == 0) {
                throw graph.problem(node, "\"" + name + "\" must be a matrix with elements, not " + value.shape());
            }
            parameter = Parameter.of("weight", stored ? value : value.transpose());
            known.put(name, parameter);
        }
        return parameter;
    }

    /** A bias [out] from a constant [out] or [1, out]. */
    Parameter bias(OnnxGraph.Node node, String name, int out) throws FormatException {
        var parameter = biases.get(name);
        if (parameter == null || parameter.size() != out) {
            var value = floats(node, name);
            boolean row = value.rank() == 1 || value.rank() == 2 && value.dim(0) == 1;
            if (!row || value.dim(-1) != out) {
                throw graph.problem(
                        node, "bias \"" + name + "\" must be [" + out + "] or [1, " + out + "], not " + value.shape());
            }
            parameter = Parameter.of("bias", value.reshape(Shape.of(out)));
            biases.put(name, parameter);
        }
        return parameter;
    }

    /** A bias of its own that starts at zero. */
    Parameter zeroBias(int out) {
        return Parameter.of("bias", zeros.computeIfAbsent(out, size -> Tensor.zeros(Shape.of(size))));
    }

    /** How long the vector of that name is. */
    int length(OnnxGraph.Node node, String name) throws FormatException {
        var value = raw(node, name);
        if (value.shape().rank() != 1) {
            throw graph.problem(node, "\"" + name + "\" must be a vector, not " + value);
        }
        return value.shape().dim(0);
    }

    /** A vector of a given length. */
    Tensor vector(OnnxGraph.Node node, String name, int length) throws FormatException {
        if (length(node, name) != length) {
            throw graph.problem(node, "\"" + name + "\" must be [" + length + "], not " + raw(node, name));
        }
        return floats(node, name);
    }

    /** A list of whole numbers. */
    long[] integers(OnnxGraph.Node node, String name) throws FormatException {
        int length = length(node, name);
        var value = raw(node, name);
        if (value.dtype() != DType.I64 && value.dtype() != DType.I32 || length == 0) {
            throw graph.problem(node, "\"" + name + "\" must hold whole numbers, not " + value);
        }
        return value.toLongs();
    }

    private Tensor floats(OnnxGraph.Node node, String name) throws FormatException {
        var value = decoded.get(name);
        if (value == null) {
            var raw = raw(node, name);
            if (!raw.dtype().isFloat()) {
                throw graph.problem(node, "\"" + name + "\" must hold floats, not " + raw);
            }
            value = raw.toTensor();
            decoded.put(name, value);
        }
        return value;
    }

    private RawTensor raw(OnnxGraph.Node node, String name) throws FormatException {
        var raw = graph.constants().get(name);
        if (raw == null) {
            throw graph.problem(node, "\"" + name + "\" must be a constant");
        }
        return raw;
    }
}
