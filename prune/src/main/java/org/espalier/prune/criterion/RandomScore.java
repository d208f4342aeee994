package org.espalier.prune.criterion;

import java.util.Map;
import org.espalier.prune.notation.Notation;
import org.espalier.tensor.Rng;

/** A uniform random number for each unit: the baseline every other criterion has to beat. */
@Notation("random")
public record RandomScore() implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        // A stream per name: the scores of a layer do not depend on which others are scored.
        return context.forEach(target -> {
            var rng = Rng.of(context.seed()).split(target.name().hashCode());
            return units -> draw(units.count(), Rng.at(rng.state()));
        });
    }

    private static double[] draw(int count, Rng rng) {
        var scores = new double[count];
        for (int i = 0; i < count; i++) {
            scores[i] = rng.nextFloat();
        }
        return scores;
    }

    @Override
    public String formula() {
        return "uniform in [0, 1)";
    }
}
