package org.espalier.prune.training;

import java.util.List;
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
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Growing regularization, GReg-1: the least |w| of the model that training begins with are to go, but first a penalty
 * ½·λ·w² pushes them to zero while the others take over; λ grows by δ every few steps up to a ceiling. Then they are
 * removed, and the rest is trained to the end.
 *
 * <p>Source: Wang, Qin, Zhang and Fu, "Neural pruning via growing regularization", ICLR 2021 (arXiv 2012.09243), for
 * single weights. Which weights go is decided before the first step, from the model as it is given.
 *
 * @param sparsity what is removed in the end
 * @param allocation how it is spread over the layers: each by itself as published, or another
 * @param delta δ
 * @param every steps from one growth of λ to the next
 * @param ceiling λ at most
 * @param until when the weights are removed, as a fraction of all steps
 */
@Notation("greg, {*}")
public record GrowingRegularization(
        @Default("0.9") double sparsity, @Default("per layer") Allocation allocation, @Default("1e-4") double delta,
        @Default("10") int every, @Default("1") double ceiling, @Default("0.5") double until)
        implements SparseTraining {
    /** Checks the numbers; throws {@link IllegalArgumentException}. */
    public GrowingRegularization {
        Checks.requireShare("the sparsity of growing regularization", sparsity);
        Checks.requireAtLeast(1, "the steps between growths", every);
        Checks.requireShare("the end of growing regularization", until);
        if (!(delta >= 0) || !(ceiling >= 0) || !Double.isFinite(delta + ceiling)) {
            throw new IllegalArgumentException(
                    "growing regularization needs a growth and a ceiling of at least 0, not " + delta + " and "
                            + ceiling);
        }
    }

    /** With δ = 0.0001 every 10 steps up to 1, as published, and removal after half of the training. */
    public static GrowingRegularization sparsity(double sparsity) {
        return new GrowingRegularization(sparsity, Allocation.perLayer(), 1e-4, 10, 1, 0.5);
    }

    @Override
    public TrainingResult train(Layer model, TrainingSetup training) {
        return TrainingSetup.allOrNothing(model, () -> {
            var ground = MaskedWeights.of(model);
            var ending = new FinalMasks(ground::masks);
            var growth = new Growth(ground);
            var result = training.fit(
                    model, trainer -> trainer.penalty(same -> growth.penalty()).listen(growth).listen(ending));
            ending.requireFinal(result, text());
            return result;
        });
    }

    /** λ while a step, counted from 0, is taken. */
    double lambda(int step) {
        return Math.min(ceiling, delta * (step / every + 1));
    }

    /**
     * ½·Σ λ·w² with one λ for the elements that go and another for those that stay; with a λ of 0 they do not take
     * part, even if w² is infinite.
     */
    static Tensor penalty(Tensor weight, boolean[] stay, double going, double staying) {
        var factors = new float[stay.length];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = (float) ((stay[k] ? staying : going) / 2);
        }
        var lambda = Storage.adopt(weight.shape(), factors);
        return Tensor.where(lambda, weight, Tensor.zeros(weight.shape())).square().times(lambda).sum();
    }

    private final class Growth implements Listener {
        private final MaskedWeights ground;
        private final List<boolean[]> stay;
        private int end;
        private int step;

        Growth(MaskedWeights ground) {
            this.ground = ground;
            this.stay = ground.choose(Magnitude.L1, allocation, Goal.of(Amount.sparsity(sparsity)), 0);
        }

        @Override
        public void on(TrainingEvent event) {
            switch (event) {
                case TrainingEvent.Started started -> {
                    end = Math.max(1, (int) Math.rint(until * started.epochs() * started.batches()));
                    step = started.stepsDone();
                }
                case TrainingEvent.Stepped stepped -> {
                    step = stepped.step() + 1;
                    if (step == end) {
                        ground.keep(stay);
                    }
                }
                default -> {}
            }
        }

        /** ½·λ·Σ w² over what is to go. */
        Tensor penalty() {
            var sum = Tensor.scalar(0);
            for (int i = 0; i < stay.size() && step < end; i++) {
                var weight = ground.targets().get(i).weight().value();
                sum = sum.plus(GrowingRegularization.penalty(weight, stay.get(i), lambda(step), 0));
            }
            return sum;
        }
    }

    @Override
    public String formula() {
        return "½·λ·w² on the least |w|, λ grows by δ; then they are pruned";
    }

    @Override
    public String source() {
        return "Wang et al. 2021";
    }
}
