package org.espalier.prune.training;

import org.espalier.nn.Layer;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Goal;

/**
 * Training with a straight-through mask: the forward pass computes with the largest |w| of each layer only, the
 * gradient goes to all weights, and every few steps the mask is chosen again. Pruned weights keep learning and
 * come back with what they have become.
 *
 * <p>Source: the straight-through estimator of Bengio, Léonard and Courville 2013 (arXiv 1308.3432), for magnitude
 * masks as in jaxpruner's {@code SteMagnitudePruning} (Lee et al. 2023, arXiv 2304.14082).
 *
 * @param sparsity of each layer, from before the first step on
 * @param every steps from one choice to the next
 */
@Notation("straight-through, {*}")
public record MaskedTraining(@Default("0.9") double sparsity, @Default("1") int every) implements SparseTraining {
    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public MaskedTraining {
        Checks.requireShare("the sparsity of straight-through training", sparsity);
        Checks.requireAtLeast(1, "the steps between masks", every);
    }

    /** With a new mask for every step. */
    public static MaskedTraining sparsity(double sparsity) {
        return new MaskedTraining(sparsity, 1);
    }

    @Override
    public TrainingResult train(Layer model, TrainingSetup training) {
        return TrainingSetup.allOrNothing(model, () -> {
            var ground = MaskedWeights.of(model);
            var shadow = new Shadow(model, ground, StraightThroughLinear::new);
            var result = training.fit(shadow.model(), trainer -> trainer.listen(new Choices(ground, shadow)));
            shadow.finish(model);
            return result;
        });
    }

    private final class Choices implements Listener {
        private final MaskedWeights ground;
        private final Shadow shadow;

        Choices(MaskedWeights ground, Shadow shadow) {
            this.ground = ground;
            this.shadow = shadow;
        }

        @Override
        public void on(TrainingEvent event) {
            switch (event) {
                case TrainingEvent.Started started when started.stepsDone() == 0 -> choose();
                case TrainingEvent.Stepped stepped when (stepped.step() + 1) % every == 0 -> choose();
                default -> {}
            }
        }

        private void choose() {
            for (int i = 0; i < ground.targets().size(); i++) {
                float[] weights = shadow.weights(i);
                var sizes = new double[weights.length];
                for (int k = 0; k < sizes.length; k++) {
                    sizes[k] = Math.abs(weights[k]);
                }
                shadow.keepHighest(i, sizes, Goal.of(Amount.sparsity(sparsity)));
            }
        }
    }

    @Override
    public String formula() {
        return "each step the least |w| are pruned but keep learning, and may return";
    }

    @Override
    public String source() {
        return "Bengio et al. 2013";
    }
}
