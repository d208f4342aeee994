package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;
import org.espalier.tensor.Shape;

/** What became of everything over the rounds of a shrink, in the numbers of the original model. */
final class ShrinkLog {
    private final Map<String, KeptIndices> kept = new LinkedHashMap<>();
    private final Map<String, int[]> numbers = new HashMap<>();
    private final List<String> order = new ArrayList<>();
    private final SequencedSet<String> blocks = new LinkedHashSet<>();
    private final List<RemovedUnit> removed = new ArrayList<>();
    private List<RefusedUnit> refused = List.of();
    private KeptIndices inputs;

    ShrinkLog(Layer model) {
        model.parameters().forEach((name, parameter) -> kept.put(name, KeptIndices.all(parameter.shape())));
    }

    void remove(SequencedSet<String> removedBlocks) {
        blocks.addAll(removedBlocks);
    }

    /** Enters one round; says whether it took anything out. */
    boolean enter(DependencyGraph graph, RemovalDecision decision, Map<String, KeptIndices> left) {
        left.forEach((name, one) -> kept.computeIfPresent(name, (key, before) -> before.then(one)));
        int before = removed.size();
        refused = new ArrayList<>();
        graph.sources().forEach(source -> enterSource(graph, decision, source));
        graph.nodes().stream()
                .filter(LayerNode::isProducer)
                .forEach(node -> enterUnits(node.path(), node.out(), decision));
        return removed.size() > before;
    }

    /** Features behind a selection are listed as the inputs they are chosen from. */
    private void enterSource(DependencyGraph graph, RemovalDecision decision, Tracer.Source source) {
        var select = graph.selectionFrom(source);
        var units = select.map(LayerNode.Select::out).orElse(source.span());
        int[] features = select.map(LayerNode.Select::sources)
                .orElseGet(() -> IntStream.range(0, units.size()).toArray());
        enter(source.name(), units, features, decision);
        if (source.isInput()) {
            int[] read = Arrays.stream(decision.kept(units)).map(i -> features[i]).sorted().distinct().toArray();
            inputs = new KeptIndices(Shape.of(source.span().size()), read);
        }
    }

    private void enterUnits(String layer, Span units, RemovalDecision decision) {
        int[] known = numbers.computeIfAbsent(layer, key -> IntStream.range(0, units.size()).toArray());
        enter(layer, units, known, decision);
        numbers.put(layer, Arrays.stream(decision.kept(units)).map(i -> known[i]).toArray());
    }

    private void enter(String name, Span units, int[] known, RemovalDecision decision) {
        if (!order.contains(name)) {
            order.add(name);
        }
        for (int i = 0; i < units.size(); i++) {
            int slot = units.slot(i);
            if (decision.removed(slot)) {
                var cause = decision.facts().isLive(slot) ? RemovalCause.CONSTANT : RemovalCause.DEAD;
                removed.add(new RemovedUnit(name, known[i], cause));
            } else if (decision.isIdle(slot)) {
                refused.add(new RefusedUnit(name, known[i], decision.reason(slot)));
            }
        }
    }

    /** The result, with what went with a block counted there and not unit by unit. */
    ShrinkResult result(Layer model) {
        removed.sort(Comparator.comparingInt((RemovedUnit unit) -> order.indexOf(unit.layer()))
                .thenComparingInt(RemovedUnit::index));
        var units = removed.stream().filter(unit -> !isGone(unit.layer())).toList();
        kept.replaceAll((name, left) -> isGone(name) ? KeptIndices.none(left.before()) : left);
        var read = inputs == null ? new KeptIndices(Shape.of(0), new int[0]) : inputs;
        return new ShrinkResult(model, List.copyOf(blocks), units, refused, new LinkedHashMap<>(kept), read);
    }

    private boolean isGone(String path) {
        return blocks.stream().anyMatch(block -> BlockRemoval.isWithin(path, block));
    }
}
