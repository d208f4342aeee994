package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.io.FormatException;
import org.espalier.nn.Blueprint;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Graph;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Builds the smaller model: the same layers, narrowed to the features that are left, with what is left of their
 * parameters. So names, layers used twice, tied parameters and layers of the user's own come out as they went in.
 */
final class SmallerModel {
    private final DependencyGraph graph;
    private final RemovalDecision decision;
    private final Map<String, LayerConfig> narrowed = new HashMap<>();
    private final Map<Parameter, KeptIndices> kept = new IdentityHashMap<>();
    private final Map<Parameter, List<LayerNode.Dense>> uses;

    SmallerModel(DependencyGraph graph, RemovalDecision decision) {
        this.graph = graph;
        this.decision = decision;
        this.uses = uses(graph);
        graph.model().parameters().forEach((name, parameter) -> kept.put(parameter, kept(parameter)));
        graph.nodes().stream().filter(this::changes).forEach(this::narrow);
    }

    private void narrow(LayerNode node) {
        try {
            narrowed.computeIfAbsent(node.path(), path -> node.narrowed(decision));
        } catch (UnsupportedOperationException e) {
            // a layer that does not say what it is, such as a function of each feature, has no sizes that could change
            if (!node.layer().ownParameters().isEmpty()) {
                throw e;
            }
        }
    }

    private boolean changes(LayerNode node) {
        return decision.count(node.out()) < node.out().size()
                || node.inputs().stream().anyMatch(in -> decision.count(in) < in.size());
    }

    private KeptIndices kept(Parameter parameter) {
        var shape = parameter.shape();
        var left = new int[shape.rank()][];
        for (int axis = 0; axis < left.length; axis++) {
            left[axis] = IntStream.range(0, shape.dim(axis)).toArray();
        }
        graph.axes().stream()
                .filter(axis -> axis.parameter() == parameter)
                .forEach(axis -> left[axis.axis()] = decision.kept(axis.span()));
        return new KeptIndices(shape, left);
    }

    /** What is left of each parameter, by name. */
    SequencedMap<String, KeptIndices> kept() {
        var named = new LinkedHashMap<String, KeptIndices>();
        graph.model().parameters().forEach((name, parameter) -> named.put(name, kept.get(parameter)));
        return named;
    }

    /** The whole model, with a selection wherever features from outside are no longer read. */
    Layer model() {
        return Layers.rebuild(graph.model(), this::entry, this::layer);
    }

    private Layer layer(String path, Layer layer, Blueprint plan) throws FormatException {
        var config = narrowed.get(path);
        var changed = config == null ? plan : plan.with(config);
        var children = new LinkedHashMap<String, Layer>();
        for (var child : plan.children().entrySet()) {
            selections(path, child.getKey()).forEach(
                    select -> children.put(unusedName(plan.children().keySet(), children.keySet()), select));
            children.put(child.getKey(), child.getValue());
        }
        if (layer instanceof Graph) {
            var rebuilt = (Graph) layer.rebuilt(changed);
            for (var front : selections(path, "")) {
                rebuilt = rebuilt.withFront(unusedName(rebuilt.children().keySet(), Set.of()), front);
            }
            return rebuilt;
        }
        return layer.rebuilt(children.size() == plan.children().size() ? changed : changed.with(children));
    }

    private List<FeatureSelect> selections(String container, String next) {
        return graph.sources().stream()
                .filter(source -> source.container().equals(container) && source.next().equals(next))
                .filter(source -> decision.count(source.span()) < source.span().size())
                .map(source -> FeatureSelect.of(source.span().size(), decision.kept(source.span())))
                .toList();
    }

    private static String unusedName(Set<String> old, Set<String> added) {
        int number = 1;
        while (old.contains("select" + number) || added.contains("select" + number)) {
            number++;
        }
        return "select" + number;
    }

    private StateDict.Entry entry(Parameter parameter) {
        var left = kept.get(parameter);
        var entry = new StateDict.Entry(left.of(parameter.value().detach()), parameter.mask().map(left::of));
        return uses.containsKey(parameter) ? fold(parameter, uses.get(parameter), entry) : entry;
    }

    /** The uses of each bias, where constants are folded to. */
    static Map<Parameter, List<LayerNode.Dense>> uses(DependencyGraph graph) {
        var uses = new IdentityHashMap<Parameter, List<LayerNode.Dense>>();
        for (var node : graph.nodes()) {
            if (node instanceof LayerNode.Dense dense && dense.bias().isPresent()) {
                uses.computeIfAbsent(dense.bias().get(), bias -> new ArrayList<>()).add(dense);
            }
        }
        return uses;
    }

    /** Adds what the removed constants gave to each live output; a bias that was masked is kept from now on. */
    private StateDict.Entry fold(Parameter bias, List<LayerNode.Dense> dense, StateDict.Entry entry) {
        int[] rows = kept.get(bias).along(0);
        float[] values = entry.value().toArray();
        var received = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i];
            // If several uses are live, they agree: RemovalDecision saw to it.
            double sum = dense.stream()
                    .filter(use -> decision.facts().isLive(use.out().slot(row)))
                    .findFirst()
                    .map(use -> use.folded(row, decision))
                    .orElse(0.0);
            received[i] = sum != 0;
            values[i] = received[i] ? (float) (values[i] + sum) : values[i];
        }
        Optional<Mask> mask = entry.mask().map(old -> old.or(Mask.of(old.shape(), received)));
        Tensor value = Storage.adopt(entry.value().shape(), values);
        return new StateDict.Entry(value, mask);
    }
}
