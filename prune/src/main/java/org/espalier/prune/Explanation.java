package org.espalier.prune;

/**
 * Why a unit is kept or pruned.
 *
 * @param layer the layer's name
 * @param unit the unit's index in its layer, as the pattern counts
 * @param fate what happens to it
 * @param score its score, higher more important
 * @param rank its place among the layer's units that are left, 1 the lowest score
 * @param of how many are left
 * @param threshold the highest score that the plan removes in this layer, −∞ if it removes none
 */
public record Explanation(String layer, int unit, Fate fate, double score, int rank, int of, double threshold) {
    /** What happens to a unit. */
    public enum Fate {
        /** It stays. */
        KEPT,
        /** The plan removes it. */
        REMOVED,
        /** An earlier mask has removed it; score and rank mean nothing. */
        REMOVED_EARLIER
    }
}
