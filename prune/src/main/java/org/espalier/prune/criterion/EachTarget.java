package org.espalier.prune.criterion;

import java.util.Map;
import java.util.function.Function;

/** A criterion that treats every target by itself. */
record EachTarget(String text, Function<PrunableWeight, Scores> scores) implements Criterion {
    @Override
    public Map<String, Scores> score(ScoringContext context) {
        return context.forEach(scores);
    }
}
