package org.espalier.prune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.prune.graph.DependencyGraph;
import org.espalier.prune.graph.KeepReason;
import org.espalier.prune.graph.Slice;
import org.espalier.prune.graph.UnitGroup;
import org.espalier.prune.sparsity.SparsityPattern;

/**
 * What is removed together with whole neurons or inputs: the columns that read a neuron, the scale and shift a norm
 * gives it; the neuron that feeds an input that is not read any more.
 *
 * <p>A unit with several sources, as in a residual stream, is removed only with the last of them; likewise an input
 * with several readers. A unit that has to stay, such as an output of the model, removes nothing else; a neuron whose
 * readers are not known, as it feeds a layer that does not describe its {@link Dependency}, is refused. Cost: the
 * elements of the slices that are removed.
 */
final class Coupling {
    private final Layer model;
    private final Map<String, Parameter> parameters;
    private final Map<String, boolean[]> keeps = new LinkedHashMap<>();

    private Coupling(Layer model) {
        this.model = model;
        parameters = model.parameters();
    }

    /** The masks of a plan by parameter, together with what goes along; parameters that lose nothing are left out. */
    static Map<String, Mask> masks(Layer model, List<LayerPlan> layers) {
        var coupling = new Coupling(model);
        var changed = layers.stream().filter(LayerPlan::changes).toList();
        changed.forEach(coupling::removeUnits);
        if (!changed.isEmpty() && isWholeUnit(changed.getFirst())) {
            coupling.removeGroups(DependencyGraph.of(model), changed);
        }
        return coupling.masks();
    }

    private static boolean isWholeUnit(LayerPlan layer) {
        return layer.units().pattern() instanceof SparsityPattern.Neurons
                || layer.units().pattern() instanceof SparsityPattern.Inputs;
    }

    private void removeUnits(LayerPlan layer) {
        var weight = layer.weightMask();
        var keepsWeight = keeps(layer.target().name());
        for (int i = 0; i < keepsWeight.length; i++) {
            keepsWeight[i] &= weight.keeps(i);
        }
        if (layer.units().pattern().removesBias() && layer.target().bias().isPresent()) {
            var keepsBias = keeps(biasOf(layer));
            for (int row : layer.newlyRemoved()) {
                keepsBias[row] = false;
            }
        }
    }

    private String biasOf(LayerPlan layer) {
        var bias = layer.target().bias().orElseThrow();
        return parameters.entrySet().stream()
                .filter(entry -> entry.getValue() == bias)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private void removeGroups(DependencyGraph graph, List<LayerPlan> changed) {
        boolean neurons = changed.getFirst().units().pattern() instanceof SparsityPattern.Neurons;
        var groups = new HashMap<Slice, UnitGroup>();
        all(graph).forEach(
                group -> (neurons ? group.producers() : group.consumers()).forEach(slice -> groups.put(slice, group)));
        for (var layer : changed) {
            for (int unit : layer.newlyRemoved()) {
                var group = groups.get(new Slice(layer.target().name(), neurons ? 0 : 1, unit));
                if (neurons) {
                    requireKnownReaders(layer.target().layer(), group);
                }
                if (group != null && goes(group, neurons)) {
                    group.slices().forEach(this::remove);
                }
            }
        }
    }

    /** Refuses a neuron of which the graph does not know what reads it, or that is in no group at all. */
    private void requireKnownReaders(String layer, UnitGroup group) {
        var unknown = group == null
                ? Optional.of(inside(layer))
                : group.reason().filter(why -> why.kind() == KeepReason.Kind.UNKNOWN_LAYER);
        if (unknown.isPresent()) {
            throw new IllegalArgumentException("neurons of layer '" + layer + "' cannot be removed: one "
                    + unknown.get() + "; override dependency() there, or choose other layers");
        }
    }

    /** The layer around a linear layer, or itself, that does not say how its features depend on one another. */
    private KeepReason inside(String linear) {
        var layers = Layers.all(model);
        String path = linear;
        while (!path.isEmpty() && !(layers.get(path).dependency() instanceof Dependency.Opaque)) {
            path = path.substring(0, Math.max(0, path.lastIndexOf('.')));
        }
        return KeepReason.unknown(path, layers.get(path));
    }

    private static List<UnitGroup> all(DependencyGraph graph) {
        var groups = new ArrayList<>(graph.groups());
        for (int feature = 0; feature < graph.inputs(); feature++) {
            groups.add(graph.input(feature));
        }
        return groups;
    }

    /** Whether no maker of the unit is left, or no reader. */
    private boolean goes(UnitGroup group, boolean neurons) {
        return group.reason().isEmpty()
                && (neurons ? group.producers() : group.consumers()).stream().allMatch(this::isRemoved);
    }

    private boolean isRemoved(Slice slice) {
        var shape = parameters.get(slice.parameter()).shape();
        boolean[] kept = keeps(slice.parameter());
        // Biases and norms follow their rows: they do not keep a unit.
        return shape.rank() < 2 || Arrays.stream(elements(slice)).noneMatch(i -> kept[i]);
    }

    private void remove(Slice slice) {
        boolean[] kept = keeps(slice.parameter());
        for (int element : elements(slice)) {
            kept[element] = false;
        }
    }

    private int[] elements(Slice slice) {
        var shape = parameters.get(slice.parameter()).shape();
        int inner = 1;
        for (int axis = slice.axis() + 1; axis < shape.rank(); axis++) {
            inner *= shape.dim(axis);
        }
        int block = inner * shape.dim(slice.axis());
        var elements = new int[block == 0 ? 0 : shape.size() / block * inner];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = i / inner * block + slice.index() * inner + i % inner;
        }
        return elements;
    }

    private boolean[] keeps(String name) {
        return keeps.computeIfAbsent(name, key -> {
            var parameter = parameters.get(key);
            var kept = new boolean[parameter.size()];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = parameter.mask().isEmpty() || parameter.mask().get().keeps(i);
            }
            return kept;
        });
    }

    private Map<String, Mask> masks() {
        var masks = new LinkedHashMap<String, Mask>();
        keeps.forEach((name, kept) -> {
            var parameter = parameters.get(name);
            var mask = Mask.of(parameter.shape(), kept);
            if (mask.kept() < parameter.kept()) {
                masks.put(name, mask);
            }
        });
        return masks;
    }
}
