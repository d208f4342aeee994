package org.espalier.nn.optim;

import java.util.List;
import org.espalier.kernel.UpdateRule;

/**
 * Adam with decoupled weight decay: w ← w·(1 − rate·weightDecay), then the step of {@link Adam}, whose averages do not
 * see the decay.
 *
 * <p>Source: Loshchilov and Hutter, ICLR 2019, arXiv 1711.05101, as in PyTorch's {@code AdamW}.
 *
 * @param learningRate the rate
 * @param beta1 how much of the mean is kept, in [0, 1)
 * @param beta2 how much of the mean square is kept, in [0, 1)
 * @param epsilon added to the root, above 0
 * @param weightDecay the share of a weight, times the rate, that each step removes
 */
public record AdamW(LearningRate learningRate, float beta1, float beta2, float epsilon, WeightDecay weightDecay)
        implements Rule {

    /** Checks the values; throws {@link IllegalArgumentException}. */
    public AdamW {
        Require.share("beta1", beta1);
        Require.share("beta2", beta2);
        Require.positive("epsilon", epsilon);
    }

    /** With the usual betas 0.9 and 0.999, epsilon 1e-8 and decay 0.01, at a constant rate. */
    public static AdamW withLearningRate(float rate) {
        return withLearningRate(LearningRate.constant(rate));
    }

    /** With the usual betas 0.9 and 0.999, epsilon 1e-8 and decay 0.01. */
    public static AdamW withLearningRate(LearningRate rate) {
        return new AdamW(rate, 0.9f, 0.999f, 1e-8f, WeightDecay.ofAll(0.01f));
    }

    /** With other moving averages. */
    public AdamW betas(float beta1, float beta2) {
        return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    /** With another epsilon. */
    public AdamW epsilon(float epsilon) {
        return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
    }

    /** With decay of all parameters. */
    public AdamW weightDecay(float rate) {
        return weightDecay(WeightDecay.ofAll(rate));
    }

    /** With decay of some parameters. */
    public AdamW weightDecay(WeightDecay decay) {
        return new AdamW(learningRate, beta1, beta2, epsilon, decay);
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
        slice.fused(new UpdateRule.Adam(slice.rate(), beta1, beta2, epsilon, decay, true, slice.step()));
    }
}
