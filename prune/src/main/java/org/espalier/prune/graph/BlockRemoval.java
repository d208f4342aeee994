package org.espalier.prune.graph;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Predicate;
import org.espalier.nn.Layer;
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
    private final Liveness facts;
    private final Map<String, Layer> layers;

    private record Removable(String path, float[] added, Optional<LayerNode.Dense> absorber) {}

    private BlockRemoval(Layer model) {
        graph = DependencyGraph.of(model);
        facts = Liveness.of(graph);
        layers = Layers.all(model);
    }

    /** The model without the blocks, and their names in the order in which they went. */
    record Result(Layer model, SequencedSet<String> removed) {}

    static Result of(Layer model) {
        var removed = new LinkedHashSet<String>();
        var left = model;
        while (true) {
            var step = new BlockRemoval(left);
            var block = step.first();
            if (block.isEmpty()) {
                return new Result(left, removed);
            }
            removed.add(block.get().path);
            left = step.without(block.get());
        }
    }

    private Optional<Removable> first() {
        return graph.blockNodes().flatMap(sum -> removable(sum).stream()).findFirst();
    }

    private Optional<Removable> removable(LayerNode.Merge sum) {
        var skip = sum.inputs().get(0);
        var change = sum.inputs().get(1);
        var added = new float[change.size()];
        boolean zero = true;
        for (int i = 0; i < added.length; i++) {
            int slot = change.slot(i);
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
        return absorber(skip, node -> isWithin(node.path(), sum.path()))
                .map(dense -> new Removable(sum.path(), added, Optional.of(dense)));
    }

    private boolean standsAlone(LayerNode.Merge sum) {
        boolean inChain = !sum.path().isEmpty() && layers.get(parent(sum.path())) instanceof Sequential;
        var inside = Set.copyOf(sum.layer().parameters().values());
        boolean own = layers.entrySet().stream()
                .filter(layer -> !isWithin(layer.getKey(), sum.path()))
                .noneMatch(layer -> layer.getValue() == sum.layer()
                        || layer.getValue().ownParameters().stream().anyMatch(inside::contains));
        return inChain && own;
    }

    /** The layer whose bias shifts a stream and nothing else, if only these read the stream. */
    private Optional<LayerNode.Dense> absorber(Span stream, Predicate<LayerNode> readers) {
        if (graph.nodes().stream().anyMatch(node -> node.inputs().contains(stream) && !readers.test(node))) {
            return Optional.empty();
        }
        return graph.nodes().stream()
                .filter(node -> node.out().equals(stream))
                .findFirst()
                .flatMap(writer -> switch (writer) {
                    case LayerNode.Dense dense when dense.bias().isPresent()
                            && SmallerModel.uses(graph).get(dense.bias().get()).size() == 1 -> Optional.of(dense);
                    case LayerNode.Merge sum when sum.block() && !sum.inputs().get(0).equals(sum.inputs().get(1)) ->
                            absorber(sum.inputs().get(1), node -> node == sum);
                    default -> Optional.empty();
                });
    }

    private Layer without(Removable block) {
        var bias = block.absorber.flatMap(LayerNode.Dense::bias).orElse(null);
        return Layers.rebuild(
                graph.model(),
                parameter -> parameter == bias
                        ? shifted(bias, block.added)
                        : new StateDict.Entry(parameter.value().detach(), parameter.mask()),
                (path, layer, plan) -> {
                    if (!path.equals(parent(block.path))) {
                        return layer.rebuilt(plan);
                    }
                    var left = new LinkedHashMap<>(plan.children());
                    left.remove(block.path.substring(block.path.lastIndexOf('.') + 1));
                    return layer.rebuilt(plan.with(left));
                });
    }

    private static StateDict.Entry shifted(Parameter bias, float[] added) {
        float[] values = bias.value().toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += added[i];
        }
        var mask = bias.mask().map(old -> old.or(Mask.of(old.shape(), i -> added[i] != 0)));
        return new StateDict.Entry(Storage.adopt(bias.shape(), values), mask);
    }

    /** The block and what is inside it, by dotted names. */
    static boolean isWithin(String path, String block) {
        return path.equals(block) || path.startsWith(block + ".");
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('.'), 0));
    }
}
