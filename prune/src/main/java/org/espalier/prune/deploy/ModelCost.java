package org.espalier.prune.deploy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;

/**
 * Counts of weights, operations and bytes, layer by layer. A parameter used in several places is stored, and so
 * counted, where it comes first; its multiplications are counted wherever it is used.
 *
 * <p>Masks are taken as they are: a kept weight that leads to a removed neuron counts as kept until the model is
 * shrunk.
 *
 * @param layers the layers that have parameters, in the order of the model
 */
public record ModelCost(List<LayerCost> layers) {

    /** Takes its own copy of the list. */
    public ModelCost {
        layers = List.copyOf(layers);
    }

    /** The cost of a model with its present masks. */
    public static ModelCost of(Layer model) {
        return of(model, Map.of());
    }

    /**
     * What the cost would be if parameters were restricted to these masks.
     *
     * @param masks by the full name of the parameter, each no more than its parameter keeps
     */
    public static ModelCost of(Layer model, Map<String, Mask> masks) {
        var kept = new IdentityHashMap<Parameter, Integer>();
        model.parameters().forEach((name, parameter) -> kept.put(parameter,
                masks.containsKey(name) ? masks.get(name).kept() : parameter.kept()));
        var layers = new ArrayList<LayerCost>();
        Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Layers.walk(model, (name, layer) -> {
            if (!layer.ownParameters().isEmpty()) {
                var cost = LayerCost.zero(name);
                for (var parameter : layer.ownParameters()) {
                    if (seen.add(parameter)) {
                        cost = cost.plus(stored(parameter, kept.get(parameter)));
                    }
                }
                layers.add(cost.plus(computed(layer, kept)));
            }
        });
        return new ModelCost(layers);
    }

    private static LayerCost stored(Parameter parameter, long kept) {
        long size = parameter.size();
        if (!parameter.isTrainable()) {
            return new LayerCost("", 0, 0, 0, 0, size, 0, 0, 4 * size, 4 * size);
        }
        if (parameter.shape().rank() < 2) {
            return new LayerCost("", 0, 0, size, kept, 0, 0, 0, 4 * size, 4 * size);
        }
        long rows = parameter.shape().dim(0);
        long columns = rows == 0 ? 0 : size / rows;
        long index = columns > 1 << 16 ? 4 : 2;
        return new LayerCost(
                "", size, kept, 0, 0, 0, 0, 0, (4 + index) * kept + 4 * (rows + 1), 4 * kept + (size + 7) / 8);
    }

    private static LayerCost computed(Layer layer, Map<Parameter, Integer> kept) {
        return layer.dependency() instanceof Dependency.Dense dense
                ? new LayerCost("", 0, 0, 0, 0, 0, dense.weight().size(), kept.get(dense.weight()), 0, 0)
                : LayerCost.zero("");
    }

    /** The sum over the layers, named {@code total}. Its bytes use one form for the whole model. */
    public LayerCost total() {
        return layers.stream().reduce(LayerCost.zero("total"), LayerCost::plus);
    }

    /** Bytes if each layer takes the smallest of its forms: dense, compressed rows, bitmap. */
    public long smallestBytes() {
        return layers.stream().mapToLong(LayerCost::smallestBytes).sum();
    }

    /** A table for people: a line per layer and the total; densities are of weights, without biases. */
    public String table() {
        int width = Math.max(5, layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(0));
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-" + width + "s %10s %10s %8s %8s %12s %12s %10s %10s\n",
                "layer",
                "weights",
                "kept",
                "kept %",
                "biases",
                "FLOPs",
                "kept FLOPs",
                "bytes",
                "smallest"));
        layers.forEach(layer -> text.append(line(width, layer, layer.smallestBytes())));
        return text.append(line(width, total(), smallestBytes())).toString();
    }

    private static String line(int width, LayerCost cost, long smallest) {
        return String.format(
                Locale.ROOT,
                "%-" + width + "s %10d %10d %8.2f %8d %12d %12d %10d %10d\n",
                cost.name(),
                cost.weights(),
                cost.keptWeights(),
                100 * cost.weightDensity(),
                cost.others(),
                cost.flops(),
                cost.keptFlops(),
                cost.denseBytes(),
                smallest);
    }
}
