package org.espalier.prune.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Goal;
import org.espalier.tensor.Tensor;

/**
 * Growing regularization, GReg-2: a penalty ½·λ·w² that grows by δ₀ pushes all weights alike. The curvature of the loss
 * decides how far each gives way, so their sizes separate; then the least |w| are chosen to go. From there it is {@link
 * GrowingRegularization}: λ of those grows by δ up to a ceiling until they are removed. The others are helped back by a
 * λ that is not positive.
 *
 * <p>Source: Wang, Qin, Zhang and Fu, "Neural pruning via growing regularization", ICLR 2021 (arXiv 2012.09243), with
 * the numbers of the authors' program for single weights. There the choice is made when λ has reached 0.01; here after
 * a share of the training.
 *
 * @param sparsity what is removed in the end
 * @param allocation how it is spread over the layers: each by itself as published, or another
 * @param separate δ₀
 * @param delta δ
 * @param every steps from one growth of λ to the next
 * @param ceiling λ at most
 * @param recover λ of the weights that stay, once they are chosen; at most 0
 * @param choose when they are chosen, as a fraction of all steps
 * @param until when the others are removed, as a fraction of all steps
 */
@Notation("greg-2, {*}")
public record SeparatingRegularization(
        @Default("0.9") double sparsity,
        @Default("per layer") Allocation allocation,
        @Default("1e-5") double separate,
        @Default("1e-4") double delta,
        @Default("5") int every,
        @Default("1") double ceiling,
        @Default("-1e-4") double recover,
        @Default("0.25") double choose,
        @Default("0.5") double until)
        implements SparseTraining {
    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public SeparatingRegularization {
        Checks.requireShare("the sparsity of growing regularization", sparsity);
        Checks.requireAtLeast(1, "the steps between growths", every);
        Checks.requireShare("the choice of growing regularization", choose);
        Checks.requireShare("the end of growing regularization", until);
        if (choose > until) {
            throw new IllegalArgumentException(
                    "growing regularization cannot choose at " + choose + " and remove at " + until);
        }
        if (!(separate >= 0 && delta >= 0 && ceiling >= 0 && recover <= 0)
                || !Double.isFinite(separate + delta + ceiling + recover)) {
            throw new IllegalArgumentException("growing regularization needs growths and a ceiling of at least 0 and a"
                    + " recovery of at most 0, not " + separate + ", " + delta + ", " + ceiling + " and " + recover);
        }
    }

    /** With δ₀ = 1e-5, δ = 1e-4, a growth every 5 steps up to 1 and recovery at −1e-4. */
    public static SeparatingRegularization sparsity(double sparsity) {
        return new SeparatingRegularization(sparsity, Allocation.perLayer(), 1e-5, 1e-4, 5, 1, -1e-4, 0.25, 0.5);
    }

    @Override
    public TrainingResult train(Layer model, TrainingSetup training) {
        return TrainingSetup.allOrNothing(model, () -> {
            var ground = MaskedWeights.of(model);
            var shadow = new Shadow(model, ground, MarkedLinear::new);
            var growth = new Growth(ground, shadow);
            var ending = new FinalMasks(growth::masks);
            var result = training.fit(shadow.model(),
                    trainer -> trainer.penalty(same -> growth.penalty()).listen(growth).listen(ending));
            ending.requireFinal(result, text());
            shadow.finish(model);
            return result;
        });
    }

    /** λ of all weights while a step, counted from 0, is taken, before they are chosen. */
    double separating(int step) {
        return Math.min(ceiling, separate * (step / every + 1));
    }

    /** λ of the weights that go while a step is taken, if they were chosen before step {@code chosen}. */
    double removing(int step, int chosen) {
        return Math.min(ceiling, separating(chosen - 1) + delta * ((step - chosen) / every + 1));
    }

    private final class Growth implements Listener {
        private final MaskedWeights ground;
        private final Shadow shadow;
        private int chosen;
        private int end;
        private int step;

        Growth(MaskedWeights ground, Shadow shadow) {
            this.ground = ground;
            this.shadow = shadow;
        }

        @Override
        public void on(TrainingEvent event) {
            switch (event) {
                case TrainingEvent.Started started -> {
                    int steps = started.epochs() * started.batches();
                    chosen = Math.max(1, (int) Math.rint(choose * steps));
                    end = Math.max(1, (int) Math.rint(until * steps));
                    step = started.stepsDone();
                }
                case TrainingEvent.Stepped stepped -> {
                    step = stepped.step() + 1;
                    if (step == chosen) {
                        choose();
                    }
                    if (step == end) {
                        remove();
                    }
                }
                default -> {}
            }
        }

        /** Looks at the weights as they are now; the model that training began with holds them meanwhile. */
        private void choose() {
            for (int i = 0; i < ground.targets().size(); i++) {
                ground.targets().get(i).weight().assign(weight(i).value().detach());
            }
            var keeps = ground.choose(Magnitude.L1, allocation, Goal.of(Amount.sparsity(sparsity)), 0);
            for (int i = 0; i < keeps.size(); i++) {
                shadow.keep(i, keeps.get(i));
            }
        }

        private void remove() {
            for (int i = 0; i < ground.targets().size(); i++) {
                boolean[] keeps = shadow.kept(i);
                weight(i).assignMask(Mask.of(weight(i).shape(), k -> keeps[k]));
            }
        }

        private Parameter weight(int target) {
            return shadow.layers(target).getFirst().weight();
        }

        List<Optional<Mask>> masks() {
            return IntStream.range(0, ground.targets().size()).mapToObj(i -> weight(i).mask()).toList();
        }

        Tensor penalty() {
            var sum = Tensor.scalar(0);
            for (int i = 0; i < ground.targets().size() && step < end; i++) {
                var value = weight(i).value();
                sum = sum.plus(step < chosen
                        ? value.square().sum().times((float) (separating(step) / 2))
                        : GrowingRegularization.penalty(value, shadow.kept(i), removing(step, chosen), recover));
            }
            return sum;
        }
    }

    @Override
    public String formula() {
        return "½·λ·w² on all w, λ grows by δ₀; then on the least |w|, λ grows by δ; then they are pruned";
    }

    @Override
    public String source() {
        return "Wang et al. 2021";
    }
}
