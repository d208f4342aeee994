package org.espalier.prune.training;

import org.espalier.nn.Layer;
import org.espalier.nn.optim.DivergenceException;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.MaskUpdater;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.criterion.RandomScore;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Goal;
import org.espalier.prune.sparsity.Lowest;
import org.espalier.tensor.Gradients;
import org.espalier.tensor.Storage;

/**
 * Rigging the lottery, RigL: starts with random masks. At every step t that is a multiple of ΔT and before T_end, each
 * layer with n weights left drops the k = ⌊f(t)·n⌋ of them with the least |w| and grows the k with the largest
 * |gradient| among all it then has not, those just dropped included; f(t) = α/2·(1 + cos(π·t / T_end)). Such a step
 * changes no weight: the optimizer rests. What grows starts at zero with zero moments; what is dropped and grown at
 * once goes on as it was.
 *
 * <p>Source: Evci, Gale, Menick, Castro and Elsen, "Rigging the lottery: making all tickets winners", ICML 2020 (arXiv
 * 1911.11134), algorithm 1. Steps count from 0; at step 0 the masks are as drawn. The gradient is that of one batch;
 * it is needed for all weights at those steps only.
 *
 * @param sparsity what the masks remove from the start, over all layers; masks that remove more already stay
 * @param allocation how much each layer loses of that: Erdős–Rényi as published, or another
 * @param drop α, the fraction replaced at first
 * @param every ΔT, in steps
 * @param until T_end as a fraction of all steps
 */
@Notation("rigl, {*}")
public record RigL(@Default("0.9") double sparsity, @Default("erk") Allocation allocation, @Default("0.3") double drop,
        @Default("100") int every, @Default("0.75") double until)
        implements SparseTraining {
    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public RigL {
        Checks.requireShare("the sparsity of RigL", sparsity);
        Checks.requireShare("the fraction that RigL drops", drop);
        Checks.requireAtLeast(1, "the steps between updates of RigL", every);
        Checks.requireShare("the end of RigL's updates", until);
    }

    /** Erdős–Rényi masks of this sparsity, α = 0.3, ΔT = 100 and T_end at three quarters, as published. */
    public static RigL sparsity(double sparsity) {
        return new RigL(sparsity, Allocation.erk(), 0.3, 100, 0.75);
    }

    /** Updates every {@code steps} steps. */
    public RigL every(int steps) {
        return new RigL(sparsity, allocation, drop, steps, until);
    }

    @Override
    public TrainingResult train(Layer model, TrainingSetup training) {
        return TrainingSetup.allOrNothing(model, () -> {
            var updates = new Updates(MaskedWeights.of(model), training.seed());
            return training.fit(model, trainer -> trainer.listen(updates).updateMasks(updates));
        });
    }

    /**
     * Draws the first masks of a model that a loop of the caller's trains, on one machine or on several.
     *
     * @param steps how many steps the loop takes in all
     * @return what updates the masks, from the gradients of all weights
     */
    public MaskUpdater begin(Layer model, int steps, long seed) {
        var updates = new Updates(MaskedWeights.of(model), seed);
        updates.end = until * steps;
        updates.draw();
        return updates;
    }

    /**
     * What updates the masks of a model whose training goes on from a checkpoint.
     *
     * @param model as it was before {@link #begin}; it gets the state of the checkpoint afterwards
     * @param steps how many steps the loop takes in all
     */
    public MaskUpdater resume(Layer model, int steps) {
        var updates = new Updates(MaskedWeights.of(model), 0);
        updates.end = until * steps;
        return updates;
    }

    /** f(t): the fraction of the weights left that is replaced at a step. */
    double share(int step, double end) {
        return drop / 2 * (1 + StrictMath.cos(Math.PI * step / end));
    }

    private final class Updates implements Listener, MaskUpdater {
        private final MaskedWeights ground;
        private final long seed;
        private double end;

        Updates(MaskedWeights ground, long seed) {
            this.ground = ground;
            this.seed = seed;
        }

        @Override
        public void on(TrainingEvent event) {
            if (event instanceof TrainingEvent.Started started) {
                end = until * started.epochs() * started.batches();
                if (started.stepsDone() == 0) {
                    draw();
                }
            }
        }

        private void draw() {
            ground.remove(new RandomScore(), allocation, Goal.of(Amount.sparsity(sparsity)), seed);
        }

        @Override
        public boolean replaces(int step) {
            return sparsity > 0 && step > 0 && step % every == 0 && step < end;
        }

        @Override
        public void update(int step, Gradients gradients) {
            for (int i = 0; i < ground.targets().size(); i++) {
                var target = ground.targets().get(i);
                float[] g = Storage.array(gradients.of(target.weight().value()));
                boolean[] keeps = ground.kept(i);
                int count = (int) (share(step, end) * target.weight().kept());
                if (count > 0) {
                    replace(Storage.array(target.weight().value()), sizes(target, g, step), keeps,
                            ground.allowed(i), count);
                    ground.keep(i, keeps);
                }
            }
        }

        private double[] sizes(PrunableWeight target, float[] g, int step) {
            var sizes = new double[g.length];
            for (int i = 0; i < g.length; i++) {
                if (Float.isNaN(g[i])) {
                    throw new DivergenceException("step " + step + ": the gradient of " + target.name()
                            + " is NaN at element " + i + "; try a lower learning rate");
                }
                sizes[i] = Math.abs(g[i]);
            }
            return sizes;
        }
    }

    /** Drops the least weights and grows the largest gradients; of equal ones the lower index first. */
    static void replace(float[] weights, double[] gradients, boolean[] keeps, boolean[] allowed, int count) {
        var scores = new double[weights.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.abs(weights[i]);
        }
        Lowest.remove(scores, keeps, 0, keeps.length, count);
        var free = new boolean[keeps.length];
        for (int i = 0; i < keeps.length; i++) {
            scores[i] = -gradients[i];
            free[i] = allowed[i] && !keeps[i];
        }
        var rest = free.clone();
        Lowest.remove(scores, rest, 0, rest.length, count);
        for (int i = 0; i < keeps.length; i++) {
            keeps[i] |= free[i] && !rest[i];
        }
    }

    @Override
    public String formula() {
        return "every ΔT: the k = α/2·(1 + cos(πt/T))·n least |w| are dropped, the k largest |g| grow";
    }

    @Override
    public String source() {
        return "Evci et al. 2020";
    }
}
