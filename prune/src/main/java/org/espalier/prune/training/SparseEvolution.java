package org.espalier.prune.training;

import java.util.Arrays;
import org.espalier.nn.Layer;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.criterion.RandomScore;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Goal;
import org.espalier.prune.sparsity.Lowest;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Storage;

/**
 * Sparse evolutionary training, SET: starts with random masks; at the end of every epoch each layer drops the share ζ
 * of its positive weights that are smallest and the share ζ of its negative weights that are largest, and grows as many
 * at random places. Counts are rounded down. Weights that grow start at zero with zero moments, also if they are among
 * those just dropped. A layer that keeps all it may is left alone. Layers keep their number of weights.
 *
 * <p>Source: Mocanu et al., Nature Communications 2018 (arXiv 1707.04780). Here nothing changes after the last epoch:
 * the model that training ends with is the one that was validated. A kept weight of exactly zero counts as positive.
 *
 * @param sparsity what the masks remove from the start, over all layers; masks that remove more already stay
 * @param allocation how much each layer loses of that: Erdős–Rényi as published, or another
 * @param drop ζ, the fraction that is replaced
 */
@Notation("set, {*}")
public record SparseEvolution(@Default("0.9") double sparsity, @Default("erk") Allocation allocation,
        @Default("0.3") double drop) implements SparseTraining {
    /** Checks the fractions; throws {@link IllegalArgumentException}. */
    public SparseEvolution {
        Checks.requireShare("the sparsity of sparse evolution", sparsity);
        Checks.requireShare("the fraction that sparse evolution drops", drop);
    }

    /** Erdős–Rényi masks of this sparsity and ζ = 0.3, as published. */
    public static SparseEvolution sparsity(double sparsity) {
        return new SparseEvolution(sparsity, Allocation.erk(), 0.3);
    }

    @Override
    public TrainingResult train(Layer model, TrainingSetup training) {
        return TrainingSetup.allOrNothing(model, () -> {
            var evolution = new Evolution(MaskedWeights.of(model), training.seed());
            return training.fit(model, trainer -> trainer.listen(evolution));
        });
    }

    private final class Evolution implements Listener {
        private final MaskedWeights ground;
        private final long seed;
        private int epochs;

        Evolution(MaskedWeights ground, long seed) {
            this.ground = ground;
            this.seed = seed;
        }

        @Override
        public void on(TrainingEvent event) {
            switch (event) {
                case TrainingEvent.Started started -> {
                    epochs = started.epochs();
                    if (started.stepsDone() == 0) {
                        ground.remove(new RandomScore(), allocation, Goal.of(Amount.sparsity(sparsity)), seed);
                    }
                }
                case TrainingEvent.EpochEnded ended when ended.record().epoch() < epochs ->
                        evolve(Rng.of(seed).split(ended.record().epoch()));
                default -> {}
            }
        }

        private void evolve(Rng rng) {
            for (int i = 0; i < ground.targets().size(); i++) {
                float[] weights = Storage.array(ground.targets().get(i).weight().value());
                boolean[] keeps = ground.kept(i);
                if (Arrays.equals(keeps, ground.allowed(i))) {
                    continue;
                }
                int dropped = drop(weights, keeps, true) + drop(weights, keeps, false);
                if (dropped > 0) {
                    // Two masks in turn: a weight that is dropped and drawn again starts at zero.
                    ground.keep(i, keeps);
                    grow(keeps, ground.allowed(i), dropped, rng.split(i));
                    ground.keep(i, keeps);
                }
            }
        }

        /** Drops the fraction of one sign that is closest to zero. */
        private int drop(float[] weights, boolean[] keeps, boolean positive) {
            var sizes = new double[weights.length];
            var candidates = new boolean[weights.length];
            int count = 0;
            for (int i = 0; i < weights.length; i++) {
                sizes[i] = Math.abs(weights[i]);
                candidates[i] = keeps[i] && weights[i] >= 0 == positive;
                count += candidates[i] ? 1 : 0;
            }
            var stay = candidates.clone();
            int dropped = (int) (drop * count);
            Lowest.remove(sizes, stay, 0, stay.length, dropped);
            for (int i = 0; i < keeps.length; i++) {
                keeps[i] &= stay[i] || !candidates[i];
            }
            return dropped;
        }
    }

    /** Grows {@code count} of those that are allowed and not kept, every choice equally likely. */
    static void grow(boolean[] keeps, boolean[] allowed, int count, Rng rng) {
        var free = new int[keeps.length];
        int left = 0;
        for (int i = 0; i < keeps.length; i++) {
            if (allowed[i] && !keeps[i]) {
                free[left++] = i;
            }
        }
        for (int grown = 0; grown < count; grown++) {
            int pick = rng.nextInt(left);
            keeps[free[pick]] = true;
            free[pick] = free[--left];
        }
    }

    @Override
    public String formula() {
        return "each epoch: ζ of the smallest w > 0 and of the largest w < 0 are dropped, as many grow at random";
    }

    @Override
    public String source() {
        return "Mocanu et al. 2018";
    }
}
