package org.espalier.prune.pipeline;

import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.prune.deploy.LayerCost;
import org.espalier.prune.deploy.ModelCost;

/**
 * One layer at the end of a stage. Bytes are of the smallest of dense, compressed rows and bitmap, biases and indices
 * included; FLOPs are two for each kept weight and row of input.
 *
 * @param layer its dotted name
 * @param weights elements of weights
 * @param kept those of them that are kept
 * @param bytes what they take in the smallest form
 * @param flops what they cost
 */
public record LayerReport(String layer, long weights, long kept, long bytes, long flops) {
    /** The layers of a model with weights, as they are now. */
    static List<LayerReport> of(Layer model) {
        return ModelCost.of(model).layers().stream().map(LayerReport::of).toList();
    }

    private static LayerReport of(LayerCost cost) {
        return new LayerReport(cost.name(), cost.weights(), cost.keptWeights(), cost.smallestBytes(), cost.keptFlops());
    }

    /** The sum of several, named {@code total}. */
    public static LayerReport total(List<LayerReport> layers) {
        return layers.stream().reduce(new LayerReport("total", 0, 0, 0, 0), LayerReport::plus);
    }

    private LayerReport plus(LayerReport other) {
        return new LayerReport(
                layer, weights + other.weights, kept + other.kept, bytes + other.bytes, flops + other.flops);
    }

    /** Kept weights / weights; 1 if there are none. */
    public double density() {
        return weights == 0 ? 1 : (double) kept / weights;
    }
}
