package org.espalier.prune;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Mask;

/**
 * What a pruner would do to a model: made without touching it, applied all or nothing. It holds for the model as it was
 * when the plan was made; masks compose by intersection, so a late plan never brings anything back.
 */
public final class PruningPlan {
    private final List<LayerPlan> layers;

    PruningPlan(List<LayerPlan> layers) {
        this.layers = List.copyOf(layers);
    }

    /** The names of the layers it looks at, in the order of the model. */
    public List<String> layers() {
        return layers.stream().map(layer -> layer.target().layer()).toList();
    }

    /** The mask the layer's weight gets. */
    public Mask mask(String layer) {
        return layer(layer).weightMask();
    }

    /** The mask the layer's bias gets; empty if the plan removes no whole neuron of it. */
    public Optional<Mask> biasMask(String layer) {
        var plan = layer(layer);
        return removesBias(plan) ? Optional.of(plan.biasMask()) : Optional.empty();
    }

    /** Units of all layers, removed ones included. */
    public int units() {
        return layers.stream().mapToInt(layer -> layer.units().count()).sum();
    }

    /** Units that are removed once the plan is applied. */
    public int removed() {
        return layers.stream().mapToInt(LayerPlan::removed).sum();
    }

    /** Units of one layer, removed ones included. */
    public int units(String layer) {
        return layer(layer).units().count();
    }

    /** Units of one layer that are removed once the plan is applied. */
    public int removed(String layer) {
        return layer(layer).removed();
    }

    /** Why a unit of a layer stays or goes; throws {@link IndexOutOfBoundsException} if there is no such unit. */
    public Explanation explain(String layer, int unit) {
        return layer(layer).explain(unit);
    }

    /** Puts the masks into the model. Layers from which nothing is removed are not touched. */
    public void apply() {
        // The masks are made first: what can fail, fails before the first parameter changes.
        var changes = layers.stream().filter(LayerPlan::changes).map(Change::of).toList();
        changes.forEach(Change::apply);
    }

    private record Change(LayerPlan layer, Mask weight, Optional<Mask> bias) {
        static Change of(LayerPlan layer) {
            return new Change(
                    layer, layer.weightMask(), removesBias(layer) ? Optional.of(layer.biasMask()) : Optional.empty());
        }

        void apply() {
            var linear = layer.target().linear();
            linear.weight().restrict(weight);
            bias.ifPresent(linear.bias()::restrict);
        }
    }

    private static boolean removesBias(LayerPlan layer) {
        return layer.units().pattern().removesBias() && layer.changes();
    }

    private LayerPlan layer(String name) {
        return layers.stream()
                .filter(layer -> layer.target().layer().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the plan has no layer '" + name + "'; it has " + String.join(", ", layers())));
    }

    /** For example {@code PruningPlan(239580 of 266200 units removed)}. */
    @Override
    public String toString() {
        return "PruningPlan(" + removed() + " of " + units() + " units removed)";
    }
}
