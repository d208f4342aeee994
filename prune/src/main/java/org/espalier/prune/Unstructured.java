package org.espalier.prune;

import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.SparsityPattern;

/** Pruners of single weights. Each still needs an amount, such as {@code sparsity(0.9)}. */
public final class Unstructured {
    private Unstructured() {}

    /** One ranking over all layers, by raw scores. Every layer keeps at least one weight. */
    public static Pruner global(Criterion criterion) {
        return Pruner.of(criterion, SparsityPattern.weights(), Allocation.global());
    }

    /** As {@link #global}, the scores of each layer divided by their Euclidean norm. */
    public static Pruner globalNormalized(Criterion criterion) {
        return Pruner.of(criterion, SparsityPattern.weights(), Allocation.globalNormalized());
    }

    /** Every layer by itself. */
    public static Pruner perLayer(Criterion criterion) {
        return Pruner.of(criterion, SparsityPattern.weights(), Allocation.perLayer());
    }

    /** Every output row by itself: all neurons of a layer keep the same number of inputs. */
    public static Pruner perRow(Criterion criterion) {
        return Pruner.of(criterion, SparsityPattern.rows(), Allocation.perLayer());
    }

    /** Layers by Erdős–Rényi densities. */
    public static Pruner erk(Criterion criterion) {
        return Pruner.of(criterion, SparsityPattern.weights(), Allocation.erk());
    }

    /** One ranking over all layers by layer-adaptive scores. */
    public static Pruner lamp(Criterion criterion) {
        return Pruner.of(criterion, SparsityPattern.weights(), Allocation.lamp());
    }
}
