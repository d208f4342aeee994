package org.espalier.prune;

import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.SparsityPattern;

/**
 * Pruners of semi-structured sparsity: weights are removed one by one, but equally many in each small group.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * var model = Sequential.of(Linear.of(8, 16), Activation.relu(), Linear.of(16, 3));
 * SemiStructured.nm(2, 4, Criterion.magnitude()).plan(model).apply(); // half of the weights, 2 of every 4
 * }
 */
public final class SemiStructured {
    private SemiStructured() {}

    /**
     * N:M sparsity: keeps n of every m neighbours along the inputs of each row. The amount is 1 − n/m, so no other is
     * needed.
     *
     * @throws IllegalArgumentException if n is negative or larger than m
     */
    public static Pruner nm(int n, int m, Criterion criterion) {
        if (n < 0 || n > m) {
            throw new IllegalArgumentException("cannot keep " + n + " of " + m + " weights");
        }
        return Pruner.of(criterion, SparsityPattern.nm(m), Allocation.perLayer()).sparsity((double) (m - n) / m);
    }
}
