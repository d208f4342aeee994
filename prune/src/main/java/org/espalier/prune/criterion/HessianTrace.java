package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;

/**
 * Hessian-aware group score: tr(H)/(2p)·‖w‖², H the second derivative of the loss by the p weights of the unit, its
 * trace by {@link Curvature#HUTCHINSON Hutchinson's estimate}. The unit is treated as if its curvature were the same in
 * all directions, so one noisy diagonal element does not decide, as it does in {@link OptimalBrainDamage}; for single
 * weights the two agree. Masked weights do not count in p. Reference: Yu, Yao, Gholami, Dong, Kim, Mahoney and Keutzer,
 * WACV 2022 (arXiv 2101.08940), equation 8.
 */
@Notation("hessian trace")
public record HessianTrace() implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        var diagonals = Curvature.HUTCHINSON.diagonal(context);
        return context.forEach(target -> {
            float[] weights = target.elements();
            var squares = new double[weights.length];
            for (int i = 0; i < weights.length; i++) {
                squares[i] = (double) weights[i] * weights[i];
            }
            return units -> {
                double[] traces = units.sum(diagonals.get(target.name()));
                double[] norms = units.sum(squares);
                for (int unit = 0; unit < traces.length; unit++) {
                    traces[unit] *= units.isRemoved(unit) ? 0 : norms[unit] / (2.0 * units.size(unit));
                }
                return traces;
            };
        });
    }

    @Override
    public String formula() {
        return "tr(H)/(2p)·Σw²";
    }

    @Override
    public String source() {
        return "Yu et al. 2022";
    }
}
