package org.espalier.prune;

import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.SparsityPattern;

/** Pruners of whole groups of weights. Each still needs an amount, such as {@code sparsity(0.5)}. */
public final class Structured {
    private Structured() {}

    /** Whole neurons, every layer by itself; not those of the last layer unless it is named. */
    public static Pruner neurons(Criterion criterion) {
        return Pruner.of(criterion, SparsityPattern.neurons(), Allocation.perLayer());
    }

    /** Whole neurons in one ranking over all layers; not those of the last layer unless it is named. */
    public static Pruner globalNeurons(Criterion criterion) {
        return Pruner.of(criterion, SparsityPattern.neurons(), Allocation.global());
    }

    /** Whole inputs, every layer by itself. */
    public static Pruner inputs(Criterion criterion) {
        return Pruner.of(criterion, SparsityPattern.inputs(), Allocation.perLayer());
    }

    /** Blocks of rows × columns weights, every layer by itself. */
    public static Pruner blocks(int rows, int columns, Criterion criterion) {
        return Pruner.of(criterion, SparsityPattern.blocks(rows, columns), Allocation.perLayer());
    }
}
