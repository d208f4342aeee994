package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.Embedding;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Parameter;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.Softmax;
import org.espalier.tensor.ShapeException;

/**
 * Walks a model as a batch would and writes down what it meets: a slot for every feature of every value and for every
 * index along the axes of parameters, ties between slots that can only be removed together, and obstacles. Because a
 * slot belongs to a parameter and not to a use of it, shared parameters tie the places they are used in by themselves.
 */
final class Tracer {
    final List<Node> nodes = new ArrayList<>();
    final List<Axis> axes = new ArrayList<>();
    final List<Source> sources = new ArrayList<>();
    final Ties ties = new Ties();
    final Map<Integer, Obstacle> obstacles = new HashMap<>();
    final Span output;
    private final Map<Parameter, List<Axis>> known = new IdentityHashMap<>();
    private final Map<String, Layer> layers = new HashMap<>();
    private final Map<Layer, Integer> occurrences = new IdentityHashMap<>();

    Tracer(Layer model) {
        index("", model);
        output = hinder(trace("", model, Span.NONE), Obstacle.OUTPUT);
    }

    private void index(String path, Layer layer) {
        layers.put(path, layer);
        occurrences.merge(layer, 1, Integer::sum);
        layer.children().forEach((name, child) -> index(join(path, name), child));
    }

    private Span trace(String path, Layer layer, Span from) {
        var in = from.size() == 0 && width(layer) > 0 ? source(path, layer) : from;
        return switch (layer) {
            case Sequential chain -> chain(path, chain, in);
            case Residual residual -> residual(path, residual, in);
            case Concat concat -> concat(path, concat, in);
            case Linear linear -> dense(path, linear, in);
            case BatchNorm1d norm -> batchNorm(path, norm, in);
            case LayerNorm norm -> layerNorm(path, norm, in);
            case Softmax softmax -> coupled(path, softmax, in);
            case Embedding embedding -> embedding(path, embedding, in);
            case FeatureSelect select -> select(path, select, in);
            case Layer each when isElementwise(each) -> elementwise(path, each, in);
            default -> opaque(path, layer, in);
        };
    }

    /** The number of features the layer takes; 0 if it does not say. */
    private static int width(Layer layer) {
        return switch (layer) {
            case Sequential chain -> chain.children().values().stream()
                    .dropWhile(Tracer::isElementwise)
                    .findFirst()
                    .map(Tracer::width)
                    .orElse(0);
            case Residual residual -> width(residual.body());
            case Concat concat -> concat.children().values().stream().mapToInt(Tracer::width).max().orElse(0);
            case Linear linear -> linear.in();
            case BatchNorm1d norm -> norm.features();
            case LayerNorm norm -> norm.features();
            case FeatureSelect select -> select.in();
            default -> 0;
        };
    }

    private static boolean isElementwise(Layer layer) {
        return layer instanceof Dropout || layer instanceof Activation && !(layer instanceof Softmax);
    }

    /** Features of which only the number is known: a selection can leave them out if a chain has room for it. */
    private Span source(String path, Layer layer) {
        var span = ties.span(width(layer));
        int dot = path.lastIndexOf('.');
        var chain = layer instanceof Sequential ? path : path.substring(0, Math.max(dot, 0));
        var next = layer instanceof Sequential
                ? layer.children().firstEntry().getKey()
                : path.substring(dot + 1);
        sources.add(new Source(span, chain, next));
        var place = layers.get(chain);
        return place instanceof Sequential && occurrences.get(place) == 1 ? span : hinder(span, Obstacle.INPUT);
    }

    private Span chain(String path, Sequential chain, Span in) {
        var value = in;
        for (var child : chain.children().entrySet()) {
            value = trace(join(path, child.getKey()), child.getValue(), value);
        }
        return value;
    }

    private Span residual(String path, Residual residual, Span in) {
        var change = trace(join(path, "body"), residual.body(), in);
        if (change.size() != in.size()) {
            return unknown(path, residual, List.of(in, change));
        }
        var out = ties.span(in.size());
        ties.tie(in, change);
        ties.tie(in, out);
        return add(new SumNode(path, residual, in, change, out));
    }

    private Span concat(String path, Concat concat, Span in) {
        var branches = new ArrayList<Span>();
        concat.children().forEach((name, branch) -> branches.add(trace(join(path, name), branch, in)));
        if (branches.stream().anyMatch(branch -> branch.size() == 0)) {
            return unknown(path, concat, branches);
        }
        var out = ties.span(branches.stream().mapToInt(Span::size).sum());
        int at = out.start();
        for (var branch : branches) {
            ties.tie(branch, new Span(at, branch.size()));
            at += branch.size();
        }
        return add(new ConcatNode(path, concat, List.copyOf(branches), out));
    }

    private Span dense(String path, Linear linear, Span in) {
        require(path, linear.in(), in);
        var out = ties.span(linear.out());
        ties.tie(axis(linear.weight(), 1, false), in);
        ties.tie(axis(linear.weight(), 0, true), out);
        ties.tie(axis(linear.bias(), 0, true), out);
        return add(new DenseNode(path, linear, in, out));
    }

    private Span batchNorm(String path, BatchNorm1d norm, Span in) {
        require(path, norm.features(), in);
        var out = alike(in);
        norm.ownParameters().forEach(parameter -> ties.tie(axis(parameter, 0, true), out));
        return add(new BatchNormNode(path, norm, in, out));
    }

    private Span layerNorm(String path, LayerNorm norm, Span in) {
        require(path, norm.features(), in);
        var out = coupled(path, norm, in);
        norm.ownParameters().forEach(parameter -> ties.tie(axis(parameter, 0, true), out));
        return out;
    }

    private Span coupled(String path, Layer layer, Span in) {
        hinder(in, Obstacle.NORMALIZED_TOGETHER);
        return add(new CoupledNode(path, layer, in, alike(in)));
    }

    private Span embedding(String path, Embedding embedding, Span in) {
        hinder(in, Obstacle.UNKNOWN_LAYER);
        var out = ties.span(embedding.width());
        ties.tie(axis(embedding.weight(), 1, true), out);
        return add(new EmbeddingNode(path, embedding, out));
    }

    private Span select(String path, FeatureSelect select, Span in) {
        require(path, select.in(), in);
        if (occurrences.get(select) > 1) {
            // One choice serves several places, which may lose different features.
            hinder(in, Obstacle.UNKNOWN_LAYER);
        }
        return add(new SelectNode(path, select, select.indices(), in, ties.span(select.out())));
    }

    private Span elementwise(String path, Layer layer, Span in) {
        return add(new ElementwiseNode(path, layer, in, alike(in)));
    }

    private Span opaque(String path, Layer layer, Span in) {
        return unknown(path, layer, List.of(in));
    }

    private Span unknown(String path, Layer layer, List<Span> inputs) {
        inputs.forEach(in -> add(new OpaqueNode(path, layer, hinder(in, Obstacle.UNKNOWN_LAYER))));
        return Span.NONE;
    }

    private Span add(Node node) {
        nodes.add(node);
        return node.out();
    }

    private Span alike(Span in) {
        var out = ties.span(in.size());
        ties.tie(in, out);
        return out;
    }

    /** Marks features that have to stay; the first reason counts. */
    Span hinder(Span span, Obstacle obstacle) {
        for (int i = 0; i < span.size(); i++) {
            obstacles.putIfAbsent(span.slot(i), obstacle);
        }
        return span;
    }

    private Span axis(Parameter parameter, int axis, boolean produces) {
        var all = known.computeIfAbsent(parameter, key -> new ArrayList<>());
        for (var one : all) {
            if (one.axis() == axis) {
                return one.span();
            }
        }
        var made = new Axis(parameter, axis, produces, ties.span(parameter.shape().dim(axis)));
        all.add(made);
        axes.add(made);
        return made.span();
    }

    private static void require(String path, int width, Span in) {
        if (width != in.size()) {
            throw new ShapeException(
                    "shrink: layer '" + path + "' takes " + width + " features, but " + in.size() + " come in");
        }
    }

    static String join(String path, String child) {
        return path.isEmpty() ? child : path + "." + child;
    }
}
