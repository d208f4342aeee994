package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Layer;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;

/**
 * Which parts of a model's parameters belong to one unit: a neuron and the columns that read it, a coordinate of a
 * residual stream with everything that writes or reads it, an input feature. A view of the structure, not of the
 * values: it stays right while the model is trained and masked.
 *
 * <p>Built by walking the layers once; the parts are joined by a union of sets (as in Fang et al., "DepGraph: Towards
 * Any Structural Pruning", CVPR 2023, arXiv 2301.12900, but for each unit and not for whole axes). Cost: the number of
 * features and weights' rows and columns.
 */
public final class DependencyGraph {
    private final Layer model;
    private final Tracer trace;
    private final KeepReason[] reasons;
    private final Map<Integer, List<Slice>> producers = new HashMap<>();
    private final Map<Integer, List<Slice>> consumers = new HashMap<>();

    private DependencyGraph(Layer model) {
        this.model = model;
        trace = Tracer.of(model);
        // Where a selection is in front already, it is narrowed, and the features before it stay.
        trace.sources.stream()
                .filter(source -> selectionFrom(source).isPresent())
                .forEach(source -> trace.keep(source.span(), KeepReason.INPUT));
        reasons = new KeepReason[trace.ties.size()];
        trace.reasons.forEach((slot, reason) -> {
            int unit = unit(slot);
            if (reasons[unit] == null || reason.kind().compareTo(reasons[unit].kind()) < 0) {
                reasons[unit] = reason;
            }
        });
        var names = new IdentityHashMap<Parameter, String>();
        model.parameters().forEach((name, parameter) -> names.put(parameter, name));
        // statistics and other buffers go with their unit when it is taken out, but nothing masks them
        for (var axis : trace.axes.stream().filter(axis -> axis.parameter().isTrainable()).toList()) {
            for (int i = 0; i < axis.span().size(); i++) {
                (axis.produces() ? producers : consumers)
                        .computeIfAbsent(unit(axis.span().slot(i)), unit -> new ArrayList<>())
                        .add(new Slice(names.get(axis.parameter()), axis.axis(), i));
            }
        }
        trace.nodes.reversed().forEach(this::followSelection);
    }

    /** What a selection passes on goes with its source, though not the other way round. */
    private void followSelection(LayerNode node) {
        if (node instanceof LayerNode.Select select) {
            for (int i = 0; i < select.out().size(); i++) {
                int chosen = unit(select.out().slot(i));
                int source = unit(select.source(i));
                for (var parts : List.of(producers, consumers)) {
                    var passedOn = parts.getOrDefault(chosen, List.of());
                    parts.computeIfAbsent(source, unit -> new ArrayList<>()).addAll(passedOn);
                }
                reasons[source] = reasons[source] == null ? reasons[chosen] : reasons[source];
            }
        }
    }

    /**
     * The graph of a model.
     *
     * @throws org.espalier.tensor.ShapeException if the layers do not fit one another
     */
    public static DependencyGraph of(Layer model) {
        return new DependencyGraph(model);
    }

    /** Every unit that a layer makes, in the order of the model; a unit with several makers is listed once. */
    public List<UnitGroup> groups() {
        return trace.nodes.stream()
                .filter(LayerNode::isProducer)
                .flatMapToInt(node -> IntStream.range(0, node.out().size()).map(node.out()::slot))
                .map(this::unit)
                .distinct()
                .mapToObj(this::group)
                .toList();
    }

    /**
     * The group of one unit.
     *
     * @param layer the dotted name of the layer that makes it, such as {@code fc1}
     * @throws IllegalArgumentException if no layer of that name makes units, or it has fewer
     */
    public UnitGroup group(String layer, int unit) {
        return group(unit(producer(layer, unit).out().slot(unit)));
    }

    /** The group of one input feature: the columns that read it. */
    public UnitGroup input(int feature) {
        return group(unit(input().slot(Objects.checkIndex(feature, inputs()))));
    }

    /** How many features the model takes; 0 if its layers do not say. */
    public int inputs() {
        return input().size();
    }

    /**
     * Masks units: their rows, their biases and norms, and the columns that read them, so that a later {@link Shrink}
     * removes them with nothing to fold. Statistics and other buffers are not masked.
     *
     * @throws IllegalArgumentException if there is no such unit, or one cannot be removed; no mask has changed then
     */
    public void mask(String layer, int... units) {
        var out = new SequencedSlices();
        for (int unit : units) {
            var group = group(layer, unit);
            if (group.reason().isPresent()) {
                throw new IllegalArgumentException(
                        "unit " + unit + " of layer '" + layer + "' " + group.reason().get());
            }
            group.slices().forEach(out::add);
        }
        out.restrict(model.parameters());
    }

    /** The names of the residual blocks, inner ones before those around them. */
    public List<String> blocks() {
        return blockNodes().map(LayerNode::path).toList();
    }

    /**
     * Masks every trainable parameter of a residual block, so that its body adds the same for every input, most often
     * zero, and a later {@link Shrink} takes the block out.
     *
     * @throws IllegalArgumentException if there is no such block
     */
    public void maskBlock(String block) {
        var sum = blockNodes()
                .filter(node -> node.path().equals(block))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no residual block '" + block + "'; there are " + blocks()));
        sum.layer().parameters().values().stream()
                .filter(Parameter::isTrainable)
                .forEach(parameter -> parameter.restrict(Mask.of(parameter.shape(), i -> false)));
    }

    Stream<LayerNode.Merge> blockNodes() {
        return trace.nodes.stream()
                .filter(node -> node instanceof LayerNode.Merge merge && merge.block())
                .map(LayerNode.Merge.class::cast);
    }

    private LayerNode producer(String layer, int unit) {
        var node = trace.nodes.stream()
                .filter(one -> one.isProducer() && one.path().equals(layer))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no layer '" + layer + "' makes units; there are "
                        + trace.nodes.stream().filter(LayerNode::isProducer).map(LayerNode::path).toList()));
        if (unit < 0 || unit >= node.out().size()) {
            throw new IllegalArgumentException(
                    "layer '" + layer + "' has " + node.out().size() + " units, not a unit " + unit);
        }
        return node;
    }

    private UnitGroup group(int unit) {
        return new UnitGroup(
                producers.getOrDefault(unit, List.of()),
                consumers.getOrDefault(unit, List.of()),
                Optional.ofNullable(reasons[unit]));
    }

    Layer model() {
        return model;
    }

    List<LayerNode> nodes() {
        return Collections.unmodifiableList(trace.nodes);
    }

    List<Tracer.Axis> axes() {
        return Collections.unmodifiableList(trace.axes);
    }

    List<Tracer.Source> sources() {
        return Collections.unmodifiableList(trace.sources);
    }

    /** The input features of the model; none if its first layers do not say how many they take. */
    Span input() {
        return trace.sources.stream().filter(Tracer.Source::isInput).map(Tracer.Source::span).findFirst()
                .orElse(Span.NONE);
    }

    Span output() {
        return trace.output;
    }

    /** The selection that alone reads features from outside, so that another before it would be one too many. */
    Optional<LayerNode.Select> selectionFrom(Tracer.Source source) {
        var readers = trace.nodes.stream()
                .filter(node -> node.inputs().contains(source.span()))
                .toList();
        return readers.size() == 1 && readers.getFirst() instanceof LayerNode.Select select
                && select.layer() instanceof FeatureSelect
                        ? Optional.of(select)
                        : Optional.empty();
    }

    int slots() {
        return trace.ties.size();
    }

    /** The name of the unit that a slot belongs to. */
    int unit(int slot) {
        return trace.ties.unit(slot);
    }

    /** Why the unit that this slot belongs to has to stay; null if it does not. */
    KeepReason reason(int slot) {
        return reasons[unit(slot)];
    }

    /** Slices by parameter, so that each mask is made once however many units go. */
    private static final class SequencedSlices {
        private final SequencedMap<String, List<Slice>> byParameter = new LinkedHashMap<>();

        void add(Slice slice) {
            byParameter.computeIfAbsent(slice.parameter(), name -> new ArrayList<>()).add(slice);
        }

        void restrict(Map<String, Parameter> parameters) {
            byParameter.forEach((name, slices) -> {
                var parameter = parameters.get(name);
                if (parameter.isTrainable()) {
                    parameter.restrict(slices.stream()
                            .map(slice -> slice.maskOut(parameter.shape()))
                            .reduce(Mask::and)
                            .orElseThrow());
                }
            });
        }
    }
}
