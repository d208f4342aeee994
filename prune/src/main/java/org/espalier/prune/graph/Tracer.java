package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.nn.Container;
import org.espalier.nn.Dependency;
import org.espalier.nn.Graph;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Parameter;
import org.espalier.nn.Sequential;
import org.espalier.tensor.ShapeException;

/**
 * Walks a model as a batch would and writes down what it meets: a slot for every feature of every value and for every
 * index along the axes of parameters, ties between slots that can only be removed together, and reasons to keep some.
 * Because a slot belongs to a parameter and not to a use of it, shared parameters tie the places they are used in by
 * themselves.
 */
final class Tracer {
    /**
     * The slots of the indices along one axis of a parameter.
     *
     * @param produces whether the parameter makes the units of this axis, or reads them
     */
    record Axis(Parameter parameter, int axis, boolean produces, Span span) {}

    /**
     * Features that come from outside, or out of a layer of unknown structure, and may be left out by a selection.
     *
     * @param span the features
     * @param container the name of the layer that the selection goes into
     * @param next the child that it has to stand before; in a graph, empty for all that read its input
     */
    record Source(Span span, String container, String next) {
        /** Whether these are the features of the model's input: nothing with units stands before them. */
        boolean isInput() {
            return span.start() == 0;
        }

        /** Under which name its features are listed. */
        String name() {
            var reader = next.isEmpty() ? container : Layers.join(container, next);
            return isInput() ? ShrinkResult.INPUT : ShrinkResult.INPUT + " of " + reader;
        }
    }

    /** A value: its features and how many vectors of them a sample has, 0 if that is not known. */
    private record Value(Span span, int vectors) {
        static final Value UNKNOWN = new Value(Span.NONE, 0);

        boolean isKnown() {
            return span.size() > 0;
        }
    }

    final List<LayerNode> nodes = new ArrayList<>();
    final List<Axis> axes = new ArrayList<>();
    final List<Source> sources = new ArrayList<>();
    final Ties ties = new Ties();
    final Map<Integer, KeepReason> reasons = new HashMap<>();
    final Span output;
    private final Map<Parameter, List<Axis>> known = new IdentityHashMap<>();
    private final Map<String, Layer> layers;
    private final Map<Layer, Integer> occurrences = new IdentityHashMap<>();
    private final Map<Layer, LayerNode> selections = new IdentityHashMap<>();
    private final int vectors;

    private Tracer(Layer model, int vectors) {
        this.vectors = vectors;
        this.layers = Layers.all(model);
        layers.values().forEach(layer -> occurrences.merge(layer, 1, Integer::sum));
        output = keep(trace("", model, Value.UNKNOWN).span, KeepReason.OUTPUT);
    }

    /** The trace of a model whose samples are rows; if it is none, of one whose samples may have more axes. */
    static Tracer of(Layer model) {
        try {
            return new Tracer(model, 1);
        } catch (ShapeException e) {
            return new Tracer(model, 0);
        }
    }

    private Value trace(String path, Layer layer, Value from) {
        var in = !from.isKnown() && layer.in() > 0 && !flattens(layer) ? source(path, layer) : from;
        return switch (layer.dependency()) {
            case Dependency.Composed composed -> composed(path, layer, composed.parts(), in);
            case Dependency.Dense dense -> dense(path, layer, dense, in);
            case Dependency.Elementwise each -> elementwise(path, layer, each, in);
            case Dependency.Coupled all -> coupled(path, layer, all, in);
            case Dependency.Table table -> table(path, layer, table, in);
            case Dependency.Selected selected -> select(path, layer, selected, in);
            case Dependency.Blocks blocks -> blocks(path, layer, blocks.blocks(), in);
            case Dependency.Flattened flattened -> flatten(path, layer, in);
            case Dependency.Sum sum -> in;
            case Dependency.Product product -> in;
            case Dependency.Concatenated concatenated -> in;
            case Dependency.Opaque opaque -> unknown(path, layer, List.of(in));
        };
    }

    /** Whether a layer begins by flattening, so that its features are counted after that. */
    private static boolean flattens(Layer layer) {
        return layer.dependency() instanceof Dependency.Composed(var parts) && parts.stream()
                .map(part -> part.layer().dependency())
                .dropWhile(dependency -> dependency instanceof Dependency.Elementwise each && each.in() == 0)
                .findFirst()
                .filter(Dependency.Flattened.class::isInstance)
                .isPresent();
    }

    /** Features of which only the number is known: a selection can leave them out if there is room for it. */
    private Value source(String path, Layer layer) {
        var span = ties.span(layer.in());
        boolean itself = layer instanceof Sequential || layer instanceof Graph;
        var container = itself ? path : path.substring(0, Math.max(path.lastIndexOf('.'), 0));
        var next = switch (layer) {
            case Graph graph -> "";
            case Sequential chain -> layer.children().firstEntry().getKey();
            default -> path.substring(path.lastIndexOf('.') + 1);
        };
        sources.add(new Source(span, container, next));
        var place = layers.get(container);
        boolean room = itself || place instanceof Sequential;
        if (!room || occurrences.get(place) > 1) {
            keep(span, KeepReason.INPUT);
        }
        return new Value(span, vectors);
    }

    private Value composed(String path, Layer layer, List<Container.Part> parts, Value in) {
        var values = new ArrayList<Value>();
        values.add(in);
        for (var part : parts) {
            var own = part.path(path);
            var inputs = part.inputs().stream().map(values::get).toList();
            if (inputs.size() == 1) {
                values.add(trace(own, part.layer(), inputs.getFirst()));
            } else {
                var owner = part.name().isEmpty() ? layer : part.layer();
                boolean block = part.name().isEmpty() && parts.size() == 2 && part.inputs().equals(List.of(0, 1));
                values.add(join(own, owner, part.layer(), block, inputs));
            }
        }
        return values.getLast();
    }

    private Value join(String path, Layer owner, Layer join, boolean block, List<Value> inputs) {
        var spans = inputs.stream().map(Value::span).toList();
        boolean same = inputs.stream()
                .allMatch(in -> in.span.size() == spans.getFirst().size() && in.vectors == inputs.getFirst().vectors);
        boolean known = inputs.stream().allMatch(Value::isKnown);
        var dependency = join.dependency();
        if (known && dependency instanceof Dependency.Concatenated) {
            var out = ties.span(spans.stream().mapToInt(Span::size).sum());
            int at = 0;
            for (var span : spans) {
                ties.tie(span, out.part(at, span.size()));
                at += span.size();
            }
            return add(new LayerNode.Concat(path, owner, spans, out), inputs.getFirst());
        }
        if (!known || !same) {
            return unknown(path, owner, inputs);
        }
        return switch (dependency) {
            case Dependency.Sum sum ->
                    add(new LayerNode.Merge(path, owner, false, block, spans, alike(spans)), inputs.getFirst());
            case Dependency.Product product ->
                    add(new LayerNode.Merge(path, owner, true, false, spans, alike(spans)), inputs.getFirst());
            case Dependency.Elementwise each -> {
                var out = alike(spans);
                each.parameters().forEach(parameter -> ties.tie(axis(parameter, 0, true), out));
                yield add(new LayerNode.Elementwise(path, join, each.scale(), spans, out), inputs.getFirst());
            }
            default -> unknown(path, owner, inputs);
        };
    }

    private Value dense(String path, Layer layer, Dependency.Dense dense, Value in) {
        require(path, dense.in(), in);
        var out = ties.span(dense.weight().shape().dim(0));
        ties.tie(axis(dense.weight(), 1, false), in.span);
        ties.tie(axis(dense.weight(), 0, true), out);
        dense.bias().ifPresent(bias -> ties.tie(axis(bias, 0, true), out));
        return add(new LayerNode.Dense(path, layer, dense.weight(), dense.bias(), List.of(in.span), out), in);
    }

    private Value elementwise(String path, Layer layer, Dependency.Elementwise each, Value in) {
        if (!in.isKnown()) {
            return in;
        }
        if (each.in() > 0) {
            require(path, each.in(), in);
        }
        var out = alike(List.of(in.span));
        each.parameters().forEach(parameter -> ties.tie(axis(parameter, 0, true), out));
        return add(new LayerNode.Elementwise(path, layer, each.scale(), List.of(in.span), out), in);
    }

    private Value coupled(String path, Layer layer, Dependency.Coupled all, Value in) {
        if (!in.isKnown()) {
            return in;
        }
        if (all.in() > 0) {
            require(path, all.in(), in);
        }
        keep(in.span, KeepReason.NORMALIZED_TOGETHER);
        var out = alike(List.of(in.span));
        all.parameters().forEach(parameter -> ties.tie(axis(parameter, 0, true), out));
        return add(new LayerNode.Coupled(path, layer, all.scale(), List.of(in.span), out), in);
    }

    private Value table(String path, Layer layer, Dependency.Table table, Value in) {
        keep(in.span, KeepReason.unknown(path, layer));
        var out = ties.span(table.weight().shape().dim(1));
        ties.tie(axis(table.weight(), 1, true), out);
        nodes.add(new LayerNode.Table(path, layer, table.weight(), List.of(in.span), out));
        return new Value(out, in.vectors * in.span.size());
    }

    private Value select(String path, Layer layer, Dependency.Selected selected, Value in) {
        require(path, layer.in(), in);
        var node = new LayerNode.Select(path, layer, selected.sources(), List.of(in.span),
                ties.span(selected.sources().length));
        var first = selections.putIfAbsent(layer, node);
        if (first != null) {
            // one choice serves several places
            ties.tie(first.in(), node.in());
            ties.tie(first.out(), node.out());
        }
        return add(node, in);
    }

    private Value blocks(String path, Layer layer, int blocks, Value in) {
        if (!in.isKnown()) {
            return in;
        }
        if (in.span.size() % blocks != 0) {
            throw new ShapeException("shrink: layer '" + path + "' takes " + blocks + " equal blocks, but "
                    + in.span.size() + " features come in");
        }
        var out = ties.span(in.span.size() / blocks);
        for (int block = 0; block < blocks; block++) {
            ties.tie(in.span.part(block * out.size(), out.size()), out);
        }
        return add(new LayerNode.Blocks(path, layer, blocks, List.of(in.span), out), in);
    }

    private Value flatten(String path, Layer layer, Value in) {
        if (!in.isKnown() || in.vectors == 1) {
            return in;
        }
        if (in.vectors == 0) {
            return unknown(path, layer, List.of(in));
        }
        var out = ties.span(in.vectors * in.span.size());
        for (int vector = 0; vector < in.vectors; vector++) {
            ties.tie(in.span, out.part(vector * in.span.size(), in.span.size()));
        }
        nodes.add(new LayerNode.Flatten(path, layer, List.of(in.span), out));
        return new Value(out, 1);
    }

    private Value unknown(String path, Layer layer, List<Value> inputs) {
        var reason = KeepReason.unknown(path, layer);
        nodes.add(new LayerNode.Opaque(path, layer, inputs.stream().map(in -> keep(in.span, reason)).toList()));
        return Value.UNKNOWN;
    }

    private Value add(LayerNode node, Value in) {
        nodes.add(node);
        return new Value(node.out(), in.vectors);
    }

    /** New features that are tied to all of these, index by index. */
    private Span alike(List<Span> inputs) {
        var out = ties.span(inputs.getFirst().size());
        inputs.forEach(in -> ties.tie(in, out));
        return out;
    }

    /** Marks features that have to stay; the first reason counts. */
    Span keep(Span span, KeepReason reason) {
        span.slots().forEach(slot -> reasons.putIfAbsent(slot, reason));
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

    private static void require(String path, int width, Value in) {
        if (width != in.span.size()) {
            throw new ShapeException("shrink: layer '" + path + "' takes " + width + " features, but " + in.span.size()
                    + " come in");
        }
    }
}
