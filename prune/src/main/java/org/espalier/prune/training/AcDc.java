package org.espalier.prune.training;

import org.espalier.nn.Layer;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.sparsity.Allocation;

/**
 * Alternating compressed / decompressed training, AC/DC: after a dense warm-up, sparse and dense phases by turns, then
 * a last sparse phase. Each sparse phase begins by removing the least |w| of all layers together; each dense one lets
 * all weights take part again, from zero.
 *
 * <p>Source: Peste, Iofinova, Vladu and Alistarh, "AC/DC: alternating compressed/decompressed training of deep neural
 * networks", NeurIPS 2021 (arXiv 2106.12379), algorithm 1. Moments are reset where a mask changes, and only there.
 *
 * @param sparsity of the sparse phases
 * @param allocation how it is spread over the layers: one ranking of all as published, or another
 * @param warmUp dense epochs at the beginning
 * @param compressed epochs of a sparse phase
 * @param decompressed epochs of a dense phase
 * @param last sparse epochs at the end, at least; what comes before them is cut short
 */
@Notation("ac/dc, {*}")
public record AcDc(@Default("0.9") double sparsity, @Default("global") Allocation allocation, @Default("5") int warmUp,
        @Default("5") int compressed, @Default("5") int decompressed, @Default("5") int last)
        implements SparseTraining {
    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public AcDc {
        Checks.requireShare("the sparsity of AC/DC", sparsity);
        Checks.requireAtLeast(0, "the warm-up epochs of AC/DC", warmUp);
        Checks.requireAtLeast(1, "the epochs of a sparse phase of AC/DC", compressed);
        Checks.requireAtLeast(1, "the epochs of a dense phase of AC/DC", decompressed);
        Checks.requireAtLeast(1, "the last epochs of AC/DC", last);
    }

    /** One ranking over all layers, a warm-up of as many epochs as a phase has, and a last phase of as many. */
    public static AcDc sparsity(double sparsity, int phase) {
        return new AcDc(sparsity, Allocation.global(), phase, phase, phase, phase);
    }

    @Override
    public TrainingResult train(Layer model, TrainingSetup training) {
        return Phases.train(model, training, text(), sparsity, allocation, this::isSparse);
    }

    /** Whether an epoch, counted from 0, is sparse. */
    boolean isSparse(int epoch, int epochs) {
        if (epoch >= epochs - last) {
            return true;
        }
        return epoch >= warmUp && (epoch - warmUp) % (compressed + decompressed) < compressed;
    }

    @Override
    public String formula() {
        return "in turn, the least |w| are pruned and all are regrown at zero; sparse at the end";
    }

    @Override
    public String source() {
        return "Peste et al. 2021";
    }
}
