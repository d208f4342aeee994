package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;

/**
 * The size of the weights: Σ|w| or √Σw² over the unit. Biases do not count. Norms are compared as they are; a global
 * ranking can divide each layer's by their own norm first.
 *
 * <p>For single weights both are |w|. References: Han, Pool, Tran and Dally, NIPS 2015 (arXiv 1506.02626); Li et al.,
 * ICLR 2017 (arXiv 1608.08710) for rows.
 */
@Notation("magnitude {}")
public enum Magnitude implements Criterion {
    /** Σ|w|. */
    L1,
    /** √Σw². */
    L2;

    @Override
    public Map<String, Scores> score(ScoringContext context) {
        return context.forEach(this::scores);
    }

    private Scores scores(PrunableWeight target) {
        float[] weights = target.elements();
        var contributions = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            double w = weights[i];
            contributions[i] = this == L1 ? Math.abs(w) : w * w;
        }
        return this == L1 ? Scores.sum(contributions) : Scores.sum(contributions, Math::sqrt);
    }

    @Override
    public String formula() {
        return this == L1 ? "Σ|w|" : "√Σw²";
    }

    @Override
    public String source() {
        return this == L1 ? "Han et al. 2015" : "Li et al. 2017";
    }
}
