package org.espalier.prune.training;

import org.espalier.nn.Layer;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Allocations;
import org.espalier.prune.sparsity.Global;

/**
 * Alternating compressed / decompressed training, AC/DC: after a dense warm-up, sparse and dense phases by turns, then
 * a last sparse phase. Each sparse phase begins by removing the least |w| of all layers together; each dense one lets
 * all weights take part again, from zero.
 *
 * <p>Source: Peste, Iofinova, Vladu and Alistarh, "AC/DC: alternating compressed/decompressed training of deep neural
 * networks", NeurIPS 2021 (arXiv 2106.12379), algorithm 1. Moments start anew where a mask changes, and only there.
 *
 * @param sparsity of the sparse phases
 * @param allocation how it is spread over the layers: one ranking of all as published, or another
 * @param warmUp dense epochs at the beginning
 * @param compressed epochs of a sparse phase
 * @param decompressed epochs of a dense phase
 * @param last sparse epochs at the end, at least; what comes before them is cut short
 */
public record AcDc(double sparsity, Allocation allocation, int warmUp, int compressed, int decompressed, int last)
        implements SparseTraining {
    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public AcDc {
        Options.requireShare("the sparsity of AC/DC", sparsity);
        Options.requireAtLeast(0, "the warm-up epochs of AC/DC", warmUp);
        Options.requireAtLeast(1, "the epochs of a sparse phase of AC/DC", compressed);
        Options.requireAtLeast(1, "the epochs of a dense phase of AC/DC", decompressed);
        Options.requireAtLeast(1, "the last epochs of AC/DC", last);
    }

    /** One ranking over all layers, a warm-up of as many epochs as a phase has, and a last phase of as many. */
    public static AcDc sparsity(double sparsity, int phase) {
        return new AcDc(sparsity, new Global(), phase, phase, phase, phase);
    }

    static AcDc parse(Options options) {
        return new AcDc(
                options.number("sparsity", 0.9),
                options.take("allocation").map(Allocations::parse).orElse(new Global()),
                options.count("warm-up", 5),
                options.count("compressed", 5),
                options.count("decompressed", 5),
                options.count("last", 5));
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
    public String text() {
        return "ac/dc, sparsity " + sparsity + ", allocation " + allocation.text() + ", warm-up " + warmUp
                + ", compressed " + compressed + ", decompressed " + decompressed + ", last " + last;
    }

    @Override
    public String formula() {
        return "by turns the least |w| go and all come back at zero; sparse at the end";
    }

    @Override
    public String source() {
        return "Peste et al. 2021";
    }
}
