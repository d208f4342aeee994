package org.espalier.prune.structure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Parameter;
import org.espalier.nn.Relu;
import org.espalier.nn.Select;
import org.espalier.nn.Sequential;
import org.espalier.tensor.ShapeException;

/**
 * Walks a model as a batch would and writes down what it meets: a slot for every feature of every value and for every
 * index along the axes of parameters, ties between slots that can only be removed together, and obstacles. Because a slot
 * belongs to a parameter and not to a use of it, shared parameters tie the places they are used in by themselves.
 */
final class Tracer {
    final List<Node> nodes = new ArrayList<>();
    final List<Axis> axes = new ArrayList<>();
    final Ties ties = new Ties();
    final Map<Integer, Obstacle> obstacles = new HashMap<>();
    private final Map<Parameter, List<Axis>> known = new IdentityHashMap<>();

    /** Traces a layer on features and gives the features it makes. */
    Span trace(String path, Layer layer, Span from) {
        var in = from.size() == 0 ? guess(layer) : from;
        return switch (layer) {
            case Sequential chain -> chain(path, chain, in);
            case Linear linear -> dense(path, linear, in);
            case Select select -> choice(path, select, in);
            case Layer each when isElementwise(each) -> elementwise(path, each, in);
            default -> opaque(path, layer, in, Obstacle.UNKNOWN_LAYER);
        };
    }

    /** The number of features the layer takes; 0 if it does not say. */
    static int width(Layer layer) {
        return switch (layer) {
            case Sequential chain -> chain.children().values().stream()
                    .dropWhile(Tracer::isElementwise)
                    .findFirst()
                    .map(Tracer::width)
                    .orElse(0);
            case Linear linear -> linear.in();
            case Select select -> select.in();
            default -> 0;
        };
    }

    private static boolean isElementwise(Layer layer) {
        return layer instanceof Relu;
    }

    /** The features after a layer of unknown structure, as many as the next one takes; they have to stay. */
    private Span guess(Layer next) {
        return hinder(ties.span(width(next)), Obstacle.UNKNOWN_LAYER);
    }

    private Span chain(String path, Sequential chain, Span in) {
        var value = in;
        for (var child : chain.children().entrySet()) {
            value = trace(join(path, child.getKey()), child.getValue(), value);
        }
        return value;
    }

    private Span dense(String path, Linear linear, Span in) {
        require(path, linear.in(), in);
        var out = ties.span(linear.out());
        ties.tie(axis(linear.weight(), 1), in);
        ties.tie(axis(linear.weight(), 0), out);
        ties.tie(axis(linear.bias(), 0), out);
        return add(new Node.Dense(path, linear, in, out));
    }

    private Span elementwise(String path, Layer layer, Span in) {
        var out = ties.span(in.size());
        ties.tie(in, out);
        return add(new Node.Elementwise(path, layer, in, out));
    }

    private Span choice(String path, Select select, Span in) {
        require(path, select.in(), in);
        return add(new Node.Choice(path, select, in, ties.span(select.out())));
    }

    private Span opaque(String path, Layer layer, Span in, Obstacle obstacle) {
        hinder(in, obstacle);
        return add(new Node.Opaque(path, layer, List.of(in), Span.NONE));
    }

    private Span add(Node node) {
        nodes.add(node);
        return node.out();
    }

    /** Marks features that have to stay; the first reason counts. */
    Span hinder(Span span, Obstacle obstacle) {
        for (int i = 0; i < span.size(); i++) {
            obstacles.putIfAbsent(span.slot(i), obstacle);
        }
        return span;
    }

    private Span axis(Parameter parameter, int axis) {
        var all = known.computeIfAbsent(parameter, key -> new ArrayList<>());
        return all.stream()
                .filter(one -> one.axis() == axis)
                .findFirst()
                .orElseGet(() -> {
                    var made = new Axis(parameter, axis, ties.span(parameter.shape().dim(axis)));
                    all.add(made);
                    axes.add(made);
                    return made;
                })
                .span();
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
