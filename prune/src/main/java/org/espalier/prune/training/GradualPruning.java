package org.espalier.prune.training;

import org.espalier.nn.Layer;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Goal;
import org.espalier.prune.sparsity.SparsitySchedule;

/**
 * Gradual pruning inside one training: the n steps of a schedule, spread evenly over a stretch of the training's steps;
 * at each the least |w| go until the schedule's sparsity is reached. After the last the count is exact. Masked weights
 * get no updates, so none comes back, but where the schedule {@linkplain SparsitySchedule#goesBack() goes back}: then
 * all weights are regrown, at zero, and the next steps choose again.
 *
 * <p>Source: Zhu and Gupta 2017 (arXiv 1710.01878), section 3, with the cubic schedule; with a cyclic one Srinivas et
 * al. 2022 (arXiv 2202.01290).
 *
 * @param sparsity the goal, over all weights
 * @param allocation how the goal is spread over the layers: each by itself as published, or another
 * @param schedule how it is approached
 * @param begin where the stretch begins, as a fraction of all steps
 * @param end where it ends
 */
@Notation("gradual, {*}")
public record GradualPruning(
        @Default("0.9") double sparsity, @Default("per layer") Allocation allocation,
        @Default("cubic 10") SparsitySchedule schedule, @Default("0") double begin, @Default("0.75") double end)
        implements SparseTraining {
    /** Checks the fractions; throws {@link IllegalArgumentException}. */
    public GradualPruning {
        Checks.requireShare("the sparsity of gradual pruning", sparsity);
        Checks.requireShare("the begin of gradual pruning", begin);
        Checks.requireShare("the end of gradual pruning", end);
        if (begin > end) {
            throw new IllegalArgumentException("gradual pruning cannot begin at " + begin + " and end at " + end);
        }
    }

    /** Every layer by itself, in ten cubic steps, from the first step to three quarters of them. */
    public static GradualPruning sparsity(double sparsity) {
        return new GradualPruning(sparsity, Allocation.perLayer(), SparsitySchedule.cubic(10), 0, 0.75);
    }

    /** With another schedule. */
    public GradualPruning schedule(SparsitySchedule schedule) {
        return new GradualPruning(sparsity, allocation, schedule, begin, end);
    }

    @Override
    public TrainingResult train(Layer model, TrainingSetup training) {
        return TrainingSetup.allOrNothing(model, () -> {
            var ground = MaskedWeights.of(model);
            var ending = new FinalMasks(ground::masks);
            var updates = new Updates(ground);
            var result = training.fit(model, trainer -> trainer.listen(updates).listen(ending));
            ending.requireFinal(result, text());
            return result;
        });
    }

    /** How many steps have been taken when step {@code i} of the schedule is due. */
    int due(int i, int steps) {
        return Math.max(1, (int) Math.rint(steps * (begin + (end - begin) * i / schedule.steps())));
    }

    private final class Updates implements Listener {
        private final MaskedWeights ground;
        private int steps;

        Updates(MaskedWeights ground) {
            this.ground = ground;
        }

        @Override
        public void on(TrainingEvent event) {
            switch (event) {
                case TrainingEvent.Started started -> steps = started.epochs() * started.batches();
                case TrainingEvent.Stepped stepped -> after(stepped.step() + 1);
                default -> {}
            }
        }

        private void after(int done) {
            for (int i = 1; i <= schedule.steps(); i++) {
                if (due(i, steps) == done) {
                    if (i > 1 && schedule.goesBack() && schedule.sparsity(i, 0, 1) < schedule.sparsity(i - 1, 0, 1)) {
                        ground.restore();
                    }
                    ground.remove(Magnitude.L1, allocation, new Goal(Amount.sparsity(sparsity), schedule, i), 0);
                }
            }
        }
    }

    @Override
    public String formula() {
        return "at each step of the schedule the least |w| are pruned";
    }

    @Override
    public String source() {
        return "Zhu and Gupta 2017";
    }
}
