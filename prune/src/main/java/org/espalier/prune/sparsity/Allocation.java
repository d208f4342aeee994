package org.espalier.prune.sparsity;

import java.util.List;

/** Chooses which units are kept, over all layers of a stage. */
public sealed interface Allocation permits Uniform, Global, Erk, Lamp, Greedy, BySensitivity {
    /**
     * For each layer, which units are kept. Removed units stay removed.
     *
     * @param layers the candidates, at least one layer; the order decides ties
     * @param goal how many or which
     * @param floor what every layer keeps; it wins over the goal
     * @throws IllegalArgumentException if the goal or the pattern makes no sense for this allocation
     */
    List<boolean[]> keep(List<Candidates> layers, Goal goal, Floor floor);

    /** Whether each layer has an amount of its own, so that amounts may be given by layer. */
    default boolean isPerLayer() {
        return false;
    }

    /** What each layer keeps if nothing is said: a unit, if the scores of other layers could take it away. */
    default Floor usualFloor() {
        return isPerLayer() ? Floor.NONE : Floor.units(1);
    }

    /** A few words for tables, such as {@code global}; {@link Allocations#parse} reads them back. */
    String text();
}
