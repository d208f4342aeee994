package org.espalier.prune.criterion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.prune.graph.DependencyGraph;
import org.espalier.prune.notation.Notation;
import org.espalier.tensor.NoGrad;

/**
 * How much worse the model is without the block, by the first measure: one copy of the model and one measurement for
 * each block. No guess, but slow. A model that cannot be measured without a block needs it most.
 */
@Notation("block drop")
public record BlockDrop() implements BlockCriterion {
    @Override
    public Map<String, Double> scores(Context context, List<String> blocks) {
        if (context.measures().isEmpty()) {
            throw new IllegalArgumentException(text() + ": needs a measure and there is none");
        }
        var measure = context.measures().getFirst();
        double whole = measure(context, context.model());
        var drops = new LinkedHashMap<String, Double>();
        for (var block : blocks) {
            var copy = Layers.copy(context.model());
            DependencyGraph.of(copy).maskBlock(block);
            double drop = measure.drop(whole, measure(context, copy));
            drops.put(block, Double.isNaN(drop) ? Double.POSITIVE_INFINITY : drop);
        }
        return drops;
    }

    private static double measure(Context context, Layer model) {
        return NoGrad.call(() -> context.measures().getFirst().of(model));
    }

}
