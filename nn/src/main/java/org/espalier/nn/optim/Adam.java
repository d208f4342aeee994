package org.espalier.nn.optim;

import java.util.List;
import org.espalier.kernel.UpdateRule;

/**
 * Adam: moving averages of the gradient, m, and of its square, v, both corrected for their start at zero; then
 * w ← w − rate·m̂ / (√v̂ + epsilon). Weight decay is added to the gradient or, in AdamW, decoupled from it:
 * w ← w·(1 − rate·weightDecay) before the step, and the averages do not see the decay.
 *
 * <p>An element whose moments were cleared by a change of its mask is corrected by the steps since: a weight that
 * regrows late makes no larger steps than one at the start of training.
 *
 * <p>Sources: Kingma and Ba, ICLR 2015, arXiv 1412.6980; for AdamW, Loshchilov and Hutter, ICLR 2019, arXiv
 * 1711.05101; both as in PyTorch's {@code Adam} and {@code AdamW}.
 *
 * @param learningRate the rate
 * @param beta1 how much of the mean is kept, in [0, 1)
 * @param beta2 how much of the mean square is kept, in [0, 1)
 * @param epsilon added to the root, above 0
 * @param weightDecay the pull to zero
 * @param decoupled whether the decay bypasses the gradient, as in AdamW
 */
public record Adam(LearningRate learningRate, float beta1, float beta2, float epsilon, WeightDecay weightDecay,
        boolean decoupled) implements FusedOptimizer {

    /** Checks the values; throws {@link IllegalArgumentException}. */
    public Adam {
        Require.share("beta1", beta1);
        Require.share("beta2", beta2);
        Require.positive("epsilon", epsilon);
    }

    /** With other moving averages. */
    public Adam betas(float beta1, float beta2) {
        return new Adam(learningRate, beta1, beta2, epsilon, weightDecay, decoupled);
    }

    /** With another epsilon. */
    public Adam epsilon(float epsilon) {
        return new Adam(learningRate, beta1, beta2, epsilon, weightDecay, decoupled);
    }

    /** With decay of all parameters. */
    public Adam weightDecay(float rate) {
        return weightDecay(WeightDecay.ofAll(rate));
    }

    /** With decay of some parameters. */
    public Adam weightDecay(WeightDecay decay) {
        return new Adam(learningRate, beta1, beta2, epsilon, decay, decoupled);
    }

    @Override
    public List<String> slots() {
        return List.of("exp_avg", "exp_avg_sq");
    }

    @Override
    public void update(ParameterSlice slice) {
        float decay = weightDecay.of(slice.shape());
        slice.fusedAdam(steps -> new UpdateRule.Adam(slice.rate(), beta1, beta2, epsilon, decay, decoupled, steps));
    }

    /** For example {@code AdamW[learningRate=Constant[rate=0.001], beta1=0.9, …]}; checkpoints compare this text. */
    @Override
    public String toString() {
        return (decoupled ? "AdamW" : "Adam") + "[learningRate=" + learningRate + ", beta1=" + beta1 + ", beta2="
                + beta2 + ", epsilon=" + epsilon + ", weightDecay=" + weightDecay + "]";
    }
}
