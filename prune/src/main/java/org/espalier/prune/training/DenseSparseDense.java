package org.espalier.prune.training;

import org.espalier.nn.Layer;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.sparsity.Allocation;

/**
 * Dense-sparse-dense training, DSD: trains, removes the least |w| of every layer, trains what is left, gives the
 * removed weights back at zero and trains all to the end. A regularizer: the model ends as dense as it began.
 *
 * <p>Source: Han et al., "DSD: dense-sparse-dense training for deep neural networks", ICLR 2017 (arXiv 1607.04381). The
 * paper lowers the learning rate tenfold for the last phase; that is the business of the trainer's learning rate.
 *
 * @param sparsity of the middle phase; the paper has 0.25 to 0.5
 * @param allocation how it is spread over the layers: each by itself as published, or another
 * @param dense epochs of the first phase
 * @param sparse epochs of the middle phase; the rest is the last
 */
@Notation("dsd, {*}")
public record DenseSparseDense(@Default("0.3") double sparsity, @Default("per layer") Allocation allocation,
        @Default("5") int dense, @Default("5") int sparse)
        implements SparseTraining {
    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public DenseSparseDense {
        Checks.requireShare("the sparsity of dense-sparse-dense", sparsity);
        Checks.requireAtLeast(0, "the dense epochs of dense-sparse-dense", dense);
        Checks.requireAtLeast(1, "the sparse epochs of dense-sparse-dense", sparse);
    }

    /** Each layer at a sparsity of 0.3, after {@code dense} epochs, for {@code sparse}. */
    public static DenseSparseDense epochs(int dense, int sparse) {
        return new DenseSparseDense(0.3, Allocation.perLayer(), dense, sparse);
    }

    @Override
    public TrainingResult train(Layer model, TrainingSetup training) {
        return Phases.train(model, training, text(), sparsity, allocation, this::isSparse);
    }

    private boolean isSparse(int epoch, int epochs) {
        if (dense + sparse >= epochs) {
            throw new IllegalArgumentException("dense-sparse-dense: " + epochs + " epochs leave none for the last phase"
                    + " after " + dense + " dense and " + sparse + " sparse ones");
        }
        return epoch >= dense && epoch < dense + sparse;
    }

    @Override
    public String formula() {
        return "the least |w| are pruned once, all are regrown at zero";
    }

    @Override
    public String source() {
        return "Han et al. 2017";
    }
}
