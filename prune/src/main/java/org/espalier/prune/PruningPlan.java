package org.espalier.prune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.espalier.nn.Layer;
import org.espalier.nn.Mask;
import org.espalier.prune.graph.CollapseRisk;
import org.espalier.prune.sparsity.Floor;

/**
 * What a pruner would do to a model: made without touching it, applied all or nothing. It holds for the model as it was
 * when the plan was made; masks compose by intersection, so a late plan never brings anything back.
 */
public final class PruningPlan {
    private final Layer model;
    private final List<LayerPlan> layers;
    private final Map<String, Mask> masks;

    private final Floor floor;

    PruningPlan(Layer model, List<LayerPlan> layers, Floor floor) {
        this.model = model;
        this.floor = floor;
        this.layers = List.copyOf(layers);
        this.masks = Collections.unmodifiableMap(Coupling.masks(model, layers));
    }

    /** The names of the layers it looks at, in the order of the model. */
    public List<String> layers() {
        return layers.stream().map(layer -> layer.target().layer()).toList();
    }

    /**
     * The masks to be set, by the full name of the parameter: those of the layers' weights and, if whole neurons or
     * inputs go, of what goes along. Parameters that lose nothing are not in it.
     */
    public Map<String, Mask> masks() {
        return masks;
    }

    /** Units of all layers, removed ones included. */
    public int units() {
        return layers.stream().mapToInt(layer -> layer.units().count()).sum();
    }

    /** Units that are removed once the plan is applied. */
    public int removed() {
        return layers.stream().mapToInt(LayerPlan::removed).sum();
    }

    double lostScore() {
        return layers.stream().mapToDouble(LayerPlan::lostScore).sum();
    }

    /** Units of one layer, removed ones included. */
    public int units(String layer) {
        return layer(layer).units().count();
    }

    /** Units of one layer that are removed once the plan is applied. */
    public int removed(String layer) {
        return layer(layer).removed();
    }

    /**
     * Layers that would keep nothing or almost nothing, and those that only the floor keeps from it, in the order of
     * the model: what may go wrong before anything is changed or trained.
     */
    public List<CollapseRisk> risks() {
        var risks = new ArrayList<CollapseRisk>();
        for (var layer : layers) {
            if (layer.changes()) {
                var target = layer.target();
                int units = layer.units().count() - layer.removed();
                if (units > 0 && units == floor.of(layer.units())) {
                    risks.add(new CollapseRisk(CollapseRisk.Kind.HELD_BY_FLOOR, target.layer(), units));
                }
                int kept = masks.containsKey(target.name()) ? masks.get(target.name()).kept() : target.weight().kept();
                CollapseRisk.of(target.layer(), target.weight(), kept, 0).ifPresent(risks::add);
            }
        }
        return List.copyOf(risks);
    }

    /** Why a unit of a layer stays or goes; throws {@link IndexOutOfBoundsException} if there is no such unit. */
    public Explanation explain(String layer, int unit) {
        return layer(layer).explain(unit);
    }

    /** Puts the masks into the model; parameters that lose nothing are not touched. */
    public void apply() {
        // The masks exist and fit: nothing here can fail half-way.
        var parameters = model.parameters();
        masks.forEach((name, mask) -> parameters.get(name).restrict(mask));
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
