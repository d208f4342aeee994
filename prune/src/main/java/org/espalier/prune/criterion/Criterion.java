package org.espalier.prune.criterion;

import java.util.Map;

/**
 * A measure of how much a weight matters. Higher is more important, always: a criterion published the other way round
 * changes its sign here and says so.
 *
 * <p>A criterion of your own is a lambda or a class; the result must depend only on the context, so that the same seed
 * gives the same masks.
 */
@FunctionalInterface
public interface Criterion {
    /**
     * The scores of each target, by the name of its weight; one entry for every
     * {@link ScoringContext#targets() target}.
     *
     * @throws IllegalArgumentException if the context lacks what the criterion needs, such as calibration data
     */
    Map<String, Scores> score(ScoringContext context);

    /** A few words for tables and messages, such as {@code magnitude l1}; {@link Criteria#parse} reads them back. */
    default String text() {
        return "custom criterion";
    }

    /** The formula of a unit's score in plain text, for tables; w are the unit's weights and g their gradients. */
    default String formula() {
        return "";
    }

    /** Where the formula was published, for tables. */
    default String source() {
        return "";
    }

    /** A criterion that looks at one weight at a time and needs nothing else. */
    static Criterion ofEach(String text, java.util.function.Function<PrunableWeight, Scores> scores) {
        return new EachTarget(text, scores);
    }
}
