package org.espalier.prune.criterion;

import java.util.Map;
import java.util.TreeMap;

/**
 * Movement: −Σ η·w·g over the steps of a training run, summed over the unit. Weights that training moved away from zero
 * score high, those it moved towards zero low, whatever their size. Made by a {@link MovementRecorder} that listens to
 * the run.
 *
 * <p>The published score is a parameter S trained by gradient descent through a top-v mask with a straight-through
 * estimator, whose gradient is w·g, so S adds up −η·w·g. Two deviations: S has the plain step η here, not an optimizer
 * of its own; and a masked weight is zero, so its score stands still: it cannot come back,
 * as it can in the training method {@code movement}. Reference: Sanh, Wolf and Rush, NeurIPS 2020 (arXiv 2005.07683),
 * equations 3 and 4.
 *
 * @param movements the accumulated score of each element, by the full name of the weight
 */
public record MovementScore(Map<String, double[]> movements) implements Criterion {
    /** Takes its own copy. */
    public MovementScore {
        var copy = new TreeMap<String, double[]>();
        movements.forEach((name, values) -> copy.put(name, values.clone()));
        movements = java.util.Collections.unmodifiableMap(copy);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if nothing was recorded of a target, or of another size
     */
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        return context.forEach(target -> {
            var moved = movements.get(target.name());
            if (moved == null || moved.length != target.weight().size()) {
                throw new IllegalArgumentException(text() + ": no training was recorded of " + target
                        + "; listen with a MovementRecorder of this model while it trains");
            }
            return Scores.sum(moved);
        });
    }

    @Override
    public String text() {
        return "movement";
    }

    @Override
    public String formula() {
        return "−Σ η·w·g over training steps";
    }

    @Override
    public String source() {
        return "Sanh et al. 2020";
    }
}
