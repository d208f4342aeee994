package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Gelu;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.LeakyRelu;
import org.espalier.nn.Linear;
import org.espalier.nn.Relu;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Softmax;
import org.espalier.nn.Softplus;
import org.espalier.nn.Tanh;
import org.espalier.nn.onnx.GraphPath.Link;

/** The table of what each ONNX operator becomes; follows the width of the rows so that every layer fits the next. */
final class Importer {
    private static final long UNKNOWN = -1;
    private static final int ROWS = 2;

    private final OnnxGraph graph;
    private final Weights weights;
    private long width;

    private Importer(OnnxGraph graph) {
        this.graph = graph;
        this.weights = new Weights(graph);
        var dims = graph.inputDims();
        this.width = dims.size() == ROWS && dims.get(1) > 0 ? dims.get(1) : UNKNOWN;
    }

    /** Operators that some model may have, those a GELU is written in included. */
    private static final Set<String> OPERATORS = Set.of(
            "Gemm", "MatMul", "Add", "Relu", "LeakyRelu", "Tanh", "Sigmoid", "Softplus", "Gelu", "Erf", "Mul", "Div",
            "Softmax", "BatchNormalization", "LayerNormalization", "Flatten", "Reshape", "Gather", "Dropout",
            "Identity");

    static Sequential model(OnnxGraph graph) throws FormatException {
        var path = GraphPath.of(graph);
        int rank = graph.inputDims().size();
        boolean flattens = !path.isEmpty() && Set.of("Flatten", "Reshape").contains(path.getFirst().operator());
        if (rank != ROWS && rank != 0 && !flattens) {
            throw new FormatException(graph.source(), "the input has " + rank
                    + " axes: only [batch, features], or a first node Flatten, is supported");
        }
        return new Importer(graph).chain(path);
    }

    private Sequential chain(List<Link> links) throws FormatException {
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < links.size(); i++) {
            var link = links.get(i);
            boolean sum = link.operator().equals("MatMul") && i + 1 < links.size()
                    && links.get(i + 1).operator().equals("Add");
            if (sum) {
                i++;
            }
            try {
                add(layers, link, sum ? links.get(i).node() : null);
            } catch (IllegalArgumentException e) {
                throw new FormatException(graph.source(), link.node().offset(), link.node() + ": " + e.getMessage(), e);
            }
        }
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    private void add(List<Layer> layers, Link link, OnnxGraph.Node sum) throws FormatException {
        var settings = new Settings(graph, link.node());
        if (!link.node().domain().isEmpty()) {
            throw unsupported(link);
        }
        switch (link.operator()) {
            case "Gemm" -> layers.add(gemm(link.node(), settings));
            case "MatMul" -> layers.add(matMul(link.node(), sum));
            case "Relu" -> layers.add(Activation.relu());
            case "Tanh" -> layers.add(Activation.tanh());
            case "Sigmoid" -> layers.add(Activation.sigmoid());
            case "Softplus" -> layers.add(Activation.softplus());
            case "LeakyRelu" -> layers.add(new LeakyRelu(settings.real("alpha", 0.01f)));
            case "Softmax" -> {
                settings.requireOneOf("axis", graph.opset() < 13 ? 1 : -1, -1, 1);
                layers.add(Activation.softmax());
            }
            case GraphPath.GELU -> {
                settings.requireText("approximate", "none");
                layers.add(Activation.gelu());
            }
            case "BatchNormalization" -> layers.add(batchNorm(link.node(), settings));
            case "LayerNormalization" -> layers.add(layerNorm(link.node(), settings));
            case "Flatten" -> {
                settings.requireOneOf("axis", 1, 1);
                layers.add(Flatten.of());
            }
            case "Reshape" -> layers.add(reshape(link.node(), settings));
            case "Gather" -> layers.add(select(link.node(), settings));
            case "Identity" -> {}
            case "Dropout" -> {
                settings.ignore("ratio", "seed");
                requireInference(link.node());
            }
            case GraphPath.RESIDUAL -> layers.add(residual(link));
            default -> throw unsupported(link);
        }
        settings.requireNoOthers();
    }

    /** Names all operators of the graph that are not supported anywhere, not only the one that was met. */
    private FormatException unsupported(Link link) {
        var others = new TreeSet<String>();
        for (var node : graph.nodes()) {
            if (node != link.node() && !OPERATORS.contains(node.fullOperator())) {
                others.add(node.fullOperator());
            }
        }
        return graph.problem(link.node(), "this operator is not supported here"
                + (others.isEmpty() ? "" : ", nor are " + String.join(", ", others))
                + "; supported are Gemm, MatMul and Add of a constant, Relu, LeakyRelu, Tanh, Sigmoid, Softplus, Gelu,"
                + " Softmax, BatchNormalization, LayerNormalization, Flatten, Reshape to rows, Gather of features,"
                + " Dropout, Identity and residual Add");
    }

    private void follow(OnnxGraph.Node node, int in, int out) throws FormatException {
        if (width != UNKNOWN && width != in) {
            throw graph.problem(node, "takes rows of " + in + " elements but is given " + width);
        }
        width = out;
    }

    private Layer gemm(OnnxGraph.Node node, Settings settings) throws FormatException {
        boolean stored = settings.requireOneOf("transB", 0, 0, 1) == 1;
        settings.requireOneOf("transA", 0, 0);
        if (settings.real("alpha", 1) != 1 || settings.real("beta", 1) != 1) {
            throw graph.problem(node, "alpha and beta other than 1 are not supported");
        }
        return linear(node, node.input(1), stored, node.input(2));
    }

    private Layer matMul(OnnxGraph.Node node, OnnxGraph.Node sum) throws FormatException {
        var bias = sum == null ? "" : sum.input(graph.constants().containsKey(sum.input(0)) ? 0 : 1);
        return linear(node, node.input(1), false, bias);
    }

    private Linear linear(OnnxGraph.Node node, String weight, boolean stored, String bias) throws FormatException {
        var matrix = weights.matrix(node, weight, stored);
        int out = matrix.shape().dim(0);
        follow(node, matrix.shape().dim(1), out);
        return Linear.sharing(matrix, bias.isEmpty() ? weights.zeroBias(out) : weights.bias(node, bias, out));
    }

    private Layer batchNorm(OnnxGraph.Node node, Settings settings) throws FormatException {
        settings.requireOneOf("training_mode", 0, 0);
        settings.requireOneOf("spatial", 1, 0, 1);
        float momentum = 1 - settings.real("momentum", 0.9f);
        int features = weights.length(node, node.input(1));
        follow(node, features, features);
        var norm = BatchNorm1d.of(features, settings.real("epsilon", 1e-5f), momentum);
        int input = 1;
        for (var parameter : norm.ownParameters()) {
            parameter.assign(weights.vector(node, node.input(input++), features));
        }
        return norm;
    }

    private Layer layerNorm(OnnxGraph.Node node, Settings settings) throws FormatException {
        settings.requireOneOf("axis", -1, -1, 1);
        settings.requireOneOf("stash_type", 1, 1);
        int features = weights.length(node, node.input(1));
        follow(node, features, features);
        var norm = LayerNorm.of(features, settings.real("epsilon", 1e-5f));
        norm.weight().assign(weights.vector(node, node.input(1), features));
        if (!node.input(2).isEmpty()) {
            norm.bias().assign(weights.vector(node, node.input(2), features));
        }
        return norm;
    }

    /** To [batch, the rest]: the sizes −1 or 0, for the batch, and −1 or the width. */
    private Layer reshape(OnnxGraph.Node node, Settings settings) throws FormatException {
        settings.requireOneOf("allowzero", 0, 0);
        var sizes = weights.integers(node, node.input(1));
        boolean toRows = sizes.length == ROWS
                && (sizes[0] == -1 && sizes[1] > 0 || sizes[0] == 0 && (sizes[1] > 0 || sizes[1] == -1));
        if (!toRows) {
            throw graph.problem(node, "only a shape [-1, width], [0, width] or [0, -1] is supported");
        }
        if (sizes[1] > 0) {
            follow(node, Math.toIntExact(Math.min(sizes[1], Integer.MAX_VALUE)), (int) sizes[1]);
        }
        return Flatten.of();
    }

    private Layer select(OnnxGraph.Node node, Settings settings) throws FormatException {
        settings.requireOneOf("axis", 0, -1, 1);
        var indices = weights.integers(node, node.input(1));
        if (width == UNKNOWN || width > Integer.MAX_VALUE) {
            throw graph.problem(node, "the graph does not say how wide the rows are that it chooses from");
        }
        int in = (int) width;
        var chosen = new int[indices.length];
        for (int i = 0; i < chosen.length; i++) {
            long index = indices[i] < 0 ? indices[i] + in : indices[i];
            if (index < 0 || index >= in) {
                throw graph.problem(node, "index " + indices[i] + " is not within " + in + " features");
            }
            chosen[i] = (int) index;
        }
        width = chosen.length;
        return FeatureSelect.of(in, chosen);
    }

    private Layer residual(Link link) throws FormatException {
        long before = width;
        var body = chain(link.body());
        if (width != before && before != UNKNOWN) {
            throw graph.problem(link.node(), "adds rows of " + width + " elements to rows of " + before);
        }
        return Residual.of(body);
    }

    private void requireInference(OnnxGraph.Node node) throws FormatException {
        var training = graph.constants().get(node.input(2));
        boolean off = node.input(2).isEmpty()
                || training != null && training.shape().size() == 1 && training.dtype() == DType.BOOL
                        && !training.toBooleans()[0];
        if (!off) {
            throw graph.problem(node, "training_mode is not supported");
        }
    }
}
