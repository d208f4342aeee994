package org.espalier.prune.secondorder;

import java.util.Optional;
import org.espalier.prune.sparsity.SparsityPattern;
import org.espalier.tensor.Shape;

/**
 * Which weights of a row compete: neighbours in pools of equal length, of which the last one may be shorter.
 *
 * @param length columns in a pool
 * @param prunable columns that may lose weights; those after them are a tail that stays
 * @param bound whether each pool of each row has its own count; if not, the whole row is one pool and a method may
 *     spread the count of a layer as it likes
 */
record Pools(int length, int prunable, boolean bound) {
    /** A row without pools. */
    static Pools none(int columns) {
        return new Pools(Math.max(1, columns), columns, false);
    }

    /**
     * The pools of a pattern on a weight [out, in].
     *
     * @throws org.espalier.tensor.ShapeException if the pattern does not divide the weight
     * @throws IllegalArgumentException if single weights are not what the pattern removes
     */
    static Pools of(SparsityPattern pattern, Shape weight) {
        int columns = weight.dim(1);
        return switch (pattern) {
            case SparsityPattern.Weights single -> none(columns);
            case SparsityPattern.Rows rows -> new Pools(Math.max(1, columns), columns, true);
            case SparsityPattern.NM pools -> {
                // The pattern itself checks that it divides.
                pools.units(weight, Optional.empty());
                yield pools.tail() == SparsityPattern.Remainder.DENSE
                        ? new Pools(pools.m(), columns / pools.m() * pools.m(), true)
                        : new Pools(Math.max(1, Math.min(pools.m(), columns)), columns, true);
            }
            default -> throw new IllegalArgumentException(
                    "single weights can be repaired around, in pools or not, but not " + pattern.text());
        };
    }

    /** How many there are in a row. */
    int count() {
        return Math.ceilDiv(prunable, length);
    }

    /** The first column of a pool; of pool {@link #count()}, the first one that is in none. */
    int start(int pool) {
        return Math.min(prunable, pool * length);
    }
}
