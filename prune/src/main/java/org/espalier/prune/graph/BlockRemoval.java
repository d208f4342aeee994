package org.espalier.prune.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import org.espalier.io.Json;
import org.espalier.nn.Architecture;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Storage;

/**
 * Takes out residual blocks whose body adds the same vector for every input, before units are looked at: a block that
 * adds zero is the identity, and so is one whose coordinates nothing reads; what another adds goes into the bias in
 * front of it, if a fully connected layer writes the stream there and nothing else reads it in between.
 *
 * <p>One block at a time, each from a fresh analysis, until none is left: a model has few blocks. A block stays if it
 * does not stand in a chain, is used twice, or shares parameters with the rest of the model.
 */
final class BlockRemoval {
    private final DependencyGraph graph;
    private final Facts facts;
    private final Map<String, Layer> layers = new HashMap<>();
    private final LayerKinds kinds;

    private record Removable(String path, float[] added, Optional<DenseNode> absorber) {}

    private BlockRemoval(Layer model, LayerKinds kinds) {
        this.kinds = kinds;
        graph = DependencyGraph.of(model);
        facts = Facts.of(graph);
        index("", model);
    }

    private void index(String path, Layer layer) {
        layers.put(path, layer);
        layer.children().forEach((name, child) -> index(Tracer.join(path, name), child));
    }

    /** The model without the blocks, and their names in the order in which they went. */
    record Result(Layer model, SequencedSet<String> removed) {}

    static Result of(Layer model, LayerKinds kinds) {
        var removed = new LinkedHashSet<String>();
        var left = model;
        while (true) {
            var step = new BlockRemoval(left, kinds);
            var block = step.first();
            if (block.isEmpty()) {
                return new Result(left, removed);
            }
            removed.add(block.get().path);
            left = step.without(block.get());
        }
    }

    private Optional<Removable> first() {
        return graph.nodes().stream()
                .filter(SumNode.class::isInstance)
                .map(SumNode.class::cast)
                .flatMap(sum -> removable(sum).stream())
                .findFirst();
    }

    private Optional<Removable> removable(SumNode sum) {
        var added = new float[sum.change().size()];
        boolean zero = true;
        for (int i = 0; i < added.length; i++) {
            int slot = sum.change().slot(i);
            if (facts.isLive(slot) && !facts.isConstant(slot)) {
                return Optional.empty();
            }
            added[i] = facts.isLive(slot) ? facts.value(slot) : 0;
            zero &= added[i] == 0;
        }
        if (added.length == 0 || !standsAlone(sum)) {
            return Optional.empty();
        }
        if (zero) {
            return Optional.of(new Removable(sum.path(), added, Optional.empty()));
        }
        return absorber(sum.skip(), node -> isWithin(node.path(), sum.path()))
                .map(dense -> new Removable(sum.path(), added, Optional.of(dense)));
    }

    private boolean standsAlone(SumNode sum) {
        boolean inChain = !sum.path().isEmpty() && layers.get(parent(sum.path())) instanceof Sequential;
        var inside = Set.copyOf(sum.layer().parameters().values());
        boolean own = layers.entrySet().stream()
                .filter(layer -> !isWithin(layer.getKey(), sum.path()))
                .noneMatch(layer -> layer.getValue() == sum.layer()
                        || layer.getValue().ownParameters().stream().anyMatch(inside::contains));
        return inChain && own;
    }

    /** The layer whose bias shifts a stream and nothing else, if only these read the stream. */
    private Optional<DenseNode> absorber(Span stream, Predicate<Node> readers) {
        if (graph.nodes().stream().anyMatch(node -> node.inputs().contains(stream) && !readers.test(node))) {
            return Optional.empty();
        }
        return graph.nodes().stream()
                .filter(node -> node.out().equals(stream))
                .findFirst()
                .flatMap(writer -> switch (writer) {
                    case DenseNode dense when Rebuild.uses(graph).get(dense.layer().bias()).size() == 1 ->
                            Optional.of(dense);
                    case SumNode sum when !sum.change().equals(sum.skip()) ->
                            absorber(sum.change(), node -> node == sum);
                    default -> Optional.empty();
                });
    }

    private Layer without(Removable block) {
        var text = Architecture.of(graph.model());
        var layer = drop("", (Json.Obj) text.members().get("layer"), block.path);
        var entries = new LinkedHashMap<String, StateDict.Entry>();
        names().forEach((parameter, name) -> {
            if (!isWithin(name, block.path)) {
                entries.put(name, new StateDict.Entry(parameter.value().detach(), parameter.mask()));
            }
        });
        block.absorber.ifPresent(dense -> {
            var bias = dense.layer().bias();
            entries.put(names().get(bias), shifted(bias, block.added));
        });
        return Layers.build(text.with("layer", layer), kinds, StateDict.of(entries));
    }

    private SequencedMap<Parameter, String> names() {
        // Parameters compare by identity.
        var names = new LinkedHashMap<Parameter, String>();
        graph.model().parameters().forEach((name, parameter) -> names.put(parameter, name));
        return names;
    }

    private static StateDict.Entry shifted(Parameter bias, float[] added) {
        float[] values = bias.value().toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += added[i];
        }
        var mask = bias.mask().map(old -> old.or(Mask.of(old.shape(), i -> added[i] != 0)));
        return new StateDict.Entry(Storage.adopt(bias.shape(), values), mask);
    }

    private static Json.Obj drop(String path, Json.Obj text, String block) {
        if (!(text.members().get("children") instanceof Json.Obj children)) {
            return text;
        }
        var left = new ArrayList<Map.Entry<String, Json>>();
        for (var child : children.members().entrySet()) {
            var childPath = Tracer.join(path, child.getKey());
            if (!childPath.equals(block)) {
                left.add(Map.entry(child.getKey(), drop(childPath, (Json.Obj) child.getValue(), block)));
            }
        }
        var kept = Json.object();
        for (var child : left) {
            kept = kept.with(child.getKey(), child.getValue());
        }
        if (left.isEmpty()) {
            // A layer without children is written without the list of them.
            var members = new LinkedHashMap<>(text.members());
            members.remove("children");
            return new Json.Obj(members);
        }
        return text.with("children", kept);
    }

    /** The block and what is inside it, by dotted names. */
    static boolean isWithin(String path, String block) {
        return path.equals(block) || path.startsWith(block + ".");
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('.'), 0));
    }
}
