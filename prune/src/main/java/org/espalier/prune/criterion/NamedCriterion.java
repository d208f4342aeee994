package org.espalier.prune.criterion;

import java.util.Map;

/** A criterion with a name for tables and messages. */
record NamedCriterion(String text, Criterion criterion) implements Criterion {
    /** Refuses a blank name. */
    NamedCriterion {
        if (text.isBlank()) {
            throw new IllegalArgumentException("the name of a criterion is blank");
        }
    }

    @Override
    public Map<String, Scores> score(ScoringContext context) {
        return criterion.score(context);
    }

    @Override
    public String formula() {
        return criterion.formula();
    }

    @Override
    public String source() {
        return criterion.source();
    }
}
