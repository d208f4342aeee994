package org.espalier.prune;

import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.prune.criterion.Calibration;

/**
 * Prunes the layers in the order of the model, one after the other: each is scored with the activations and gradients
 * of a model whose earlier layers are pruned already, as Wanda asks. Cost: the criterion once for each layer.
 */
public final class LayerByLayer {
    private LayerByLayer() {}

    /**
     * Applies the pruner's whole amount to each layer of its scope in turn. All or nothing: after an exception the
     * model is as it was.
     *
     * @return what was removed from each layer, in order
     * @throws IllegalArgumentException as {@link Pruner#plan(Layer, Calibration, long)}; also if the allocation is not
     *     per layer
     */
    public static List<PruningPlan> apply(Pruner pruner, Layer model, Calibration calibration, long seed) {
        if (!pruner.allocation().isPerLayer()) {
            throw new IllegalArgumentException(
                    "layer by layer needs an allocation per layer, not " + pruner.allocation().text());
        }
        var before = StateDict.of(model);
        try {
            return pruner.units(model).keySet().stream()
                    .map(layer -> {
                        var plan = pruner.layers(layer).plan(model, calibration, seed);
                        plan.apply();
                        return plan;
                    })
                    .toList();
        } catch (RuntimeException e) {
            before.applyTo(model);
            throw e;
        }
    }
}
