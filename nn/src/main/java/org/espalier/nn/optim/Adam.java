package org.espalier.nn.optim;

import java.util.List;
import org.espalier.kernel.UpdateRule;

/**
 * Adam: moving averages of the gradient, m, and of its square, v, both corrected for their start at zero; then
 * w ← w − rate·m̂ / (√v̂ + epsilon). Weight decay joins the gradient; {@link AdamW} keeps it apart.
 *
 * <p>Source: Kingma and Ba, ICLR 2015, arXiv 1412.6980, as in PyTorch's {@code Adam}.
 *
 * @param learningRate the rate
 * @param beta1 how much of the mean is kept, in [0, 1)
 * @param beta2 how much of the mean square is kept, in [0, 1)
 * @param epsilon added to the root, above 0
 * @param weightDecay the pull to zero, added to the gradient
 */
public record Adam(LearningRate learningRate, float beta1, float beta2, float epsilon, WeightDecay weightDecay)
        implements Rule {

    /** Checks the values; throws {@link IllegalArgumentException}. */
    public Adam {
        Require.share("beta1", beta1);
        Require.share("beta2", beta2);
        Require.positive("epsilon", epsilon);
    }

    /** With the usual betas 0.9 and 0.999, epsilon 1e-8 and no decay, at a constant rate. */
    public static Adam withLearningRate(float rate) {
        return withLearningRate(LearningRate.constant(rate));
    }

    /** With the usual betas 0.9 and 0.999, epsilon 1e-8 and no decay. */
    public static Adam withLearningRate(LearningRate rate) {
        return new Adam(rate, 0.9f, 0.999f, 1e-8f, WeightDecay.none());
    }

    /** With other moving averages. */
    public Adam betas(float beta1, float beta2) {
        return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    /** With another epsilon. */
    public Adam epsilon(float epsilon) {
        return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    /** With decay of all parameters. */
    public Adam weightDecay(float rate) {
        return weightDecay(WeightDecay.ofAll(rate));
    }

    /** With decay of some parameters. */
    public Adam weightDecay(WeightDecay decay) {
        return new Adam(learningRate, beta1, beta2, epsilon, decay);
    }

    @Override
    public List<String> slots() {
        return List.of("exp_avg", "exp_avg_sq");
    }

    @Override
    public boolean readsGradientFirst() {
        return true;
    }

    @Override
    public void update(Slice slice) {
        float decay = weightDecay.of(slice.shape());
        slice.fused(new UpdateRule.Adam(slice.rate(), beta1, beta2, epsilon, decay, false, slice.step()));
    }
}
