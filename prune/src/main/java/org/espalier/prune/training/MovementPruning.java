package org.espalier.prune.training;

import org.espalier.nn.Layer;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Goal;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.tensor.Storage;

/**
 * Movement pruning: every weight has a score, zero at first, that training learns like a parameter; after each step a
 * layer keeps the weights with the highest scores, as many as the cubic schedule leaves. A score's gradient is w·g,
 * where g is the gradient that the weight has or, being out, would have: weights on their way from zero rise, those on
 * their way to it sink. A weight that is out gets no gradient, but its score does: if that gets high enough, the weight
 * comes back. Meanwhile plain SGD leaves it where it was; momentum, averages of gradients and weight decay still move
 * it.
 *
 * <p>Source: Sanh, Wolf and Rush, "Movement pruning: adaptive sparsity by fine-tuning", NeurIPS 2020 (arXiv
 * 2005.07683), hard movement pruning, with the masks layer by layer as in the authors' program. There scores have a
 * learning rate of their own; as only their order counts and all start at zero, the trainer's does as well. An
 * optimizer with weight decay for all parameters pulls at scores too; the authors' does not. The criterion {@link
 * org.espalier.prune.criterion.MovementScore} is the same sum without the way back.
 *
 * @param sparsity of each layer in the end
 * @param begin where the schedule begins, as a fraction of all steps
 * @param end where it ends
 */
@Notation("movement, {*}")
public record MovementPruning(@Default("0.9") double sparsity, @Default("0") double begin, @Default("0.75") double end)
        implements SparseTraining {
    /** Checks the fractions; throws {@link IllegalArgumentException}. */
    public MovementPruning {
        Checks.requireShare("the sparsity of movement pruning", sparsity);
        Checks.requireShare("the begin of movement pruning", begin);
        Checks.requireShare("the end of movement pruning", end);
        if (begin > end) {
            throw new IllegalArgumentException("movement pruning cannot begin at " + begin + " and end at " + end);
        }
    }

    /** From the first step to three quarters of them. */
    public static MovementPruning sparsity(double sparsity) {
        return new MovementPruning(sparsity, 0, 0.75);
    }

    @Override
    public TrainingResult train(Layer model, TrainingSetup training) {
        return TrainingSetup.allOrNothing(model, () -> {
            var ground = MaskedWeights.of(model);
            var shadow = new Shadow(model, ground, ScoredLinear::new, ScoredLinear.SCORES);
            var ending = new FinalMasks(shadow::masks);
            var choices = new Choices(ground, shadow);
            var result = training.fit(shadow.model(), trainer -> trainer.listen(choices).listen(ending));
            ending.requireFinal(result, text());
            shadow.finish(model);
            return result;
        });
    }

    private final class Choices implements Listener {
        private final MaskedWeights ground;
        private final Shadow shadow;
        private int from;
        private int steps;

        Choices(MaskedWeights ground, Shadow shadow) {
            this.ground = ground;
            this.shadow = shadow;
        }

        @Override
        public void on(TrainingEvent event) {
            switch (event) {
                case TrainingEvent.Started started -> {
                    int all = started.epochs() * started.batches();
                    from = (int) Math.rint(begin * all);
                    steps = Math.max(1, (int) Math.rint(end * all) - from);
                }
                case TrainingEvent.Stepped stepped when stepped.step() + 1 > from ->
                        choose(Math.min(stepped.step() + 1 - from, steps));
                default -> {}
            }
        }

        private void choose(int step) {
            var goal = new Goal(Amount.sparsity(sparsity), SparsitySchedule.cubic(steps), step);
            for (int i = 0; i < ground.targets().size(); i++) {
                shadow.keepHighest(i, scores(i), goal);
            }
        }

        /** Layers that share a weight add up their scores of it. */
        private double[] scores(int target) {
            var sum = new double[shadow.weights(target).length];
            for (var layer : shadow.layers(target)) {
                float[] scores = Storage.array(((ScoredLinear) layer).scores().value());
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += scores[k];
                }
            }
            return sum;
        }
    }

    @Override
    public String formula() {
        return "each step the least −Σ η·w·g are pruned; they keep their value and may return with it";
    }

    @Override
    public String source() {
        return "Sanh et al. 2020";
    }
}
