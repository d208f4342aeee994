package org.espalier.prune.sparsity;

import java.util.Optional;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;

/** What is removed together: how a weight [out, in] falls into units that are kept or removed as a whole. */
public sealed interface SparsityPattern permits Weights, Neurons, Inputs, Blocks, NM {
    /**
     * The units of a weight of this shape.
     *
     * @param mask what earlier pruning left; elements it does not keep no longer count for their unit
     * @throws org.espalier.tensor.ShapeException if the weight is not a matrix or the pattern does not divide it
     */
    Units units(Shape weight, Optional<Mask> mask);

    /** Whether removing a unit removes the bias of its row too: only if the unit is the whole row. */
    default boolean removesBias() {
        return false;
    }

    /** Whether units of one weight compete only within pools, so that no ranking over several weights makes sense. */
    default boolean isPooled() {
        return false;
    }

    /** A few words for tables, such as {@code blocks 4x1}; {@link Patterns#parse} reads them back. */
    String text();
}
