package org.espalier.nn.optim;

import java.util.List;
import org.espalier.kernel.UpdateRule;

/**
 * RMSProp: a moving average s of the squared gradient, then w ← w − rate·g / (√s + epsilon). With momentum μ it keeps
 * v ← μ·v + g / (√s + epsilon) and subtracts rate·v.
 *
 * <p>Source: Tieleman and Hinton, lecture 6.5 of "Neural Networks for Machine Learning", 2012, as in PyTorch's
 * {@code RMSprop} without centering.
 *
 * @param learningRate the rate
 * @param decay how much of the mean square is kept, in [0, 1)
 * @param epsilon added to the root, above 0
 * @param momentum μ, in [0, 1)
 * @param weightDecay the pull to zero, added to the gradient
 */
public record RmsProp(LearningRate learningRate, float decay, float epsilon, float momentum, WeightDecay weightDecay)
        implements FusedOptimizer {

    /** Checks the values; throws {@link IllegalArgumentException}. */
    public RmsProp {
        Require.share("decay", decay);
        Require.positive("epsilon", epsilon);
        Require.share("momentum", momentum);
    }

    /** With another moving average. */
    public RmsProp decay(float decay) {
        return new RmsProp(learningRate, decay, epsilon, momentum, weightDecay);
    }

    /** With another epsilon. */
    public RmsProp epsilon(float epsilon) {
        return new RmsProp(learningRate, decay, epsilon, momentum, weightDecay);
    }

    /** With momentum. */
    public RmsProp momentum(float momentum) {
        return new RmsProp(learningRate, decay, epsilon, momentum, weightDecay);
    }

    /** With weight decay of all parameters. */
    public RmsProp weightDecay(float rate) {
        return weightDecay(WeightDecay.ofAll(rate));
    }

    /** With weight decay of some parameters. */
    public RmsProp weightDecay(WeightDecay weightDecay) {
        return new RmsProp(learningRate, decay, epsilon, momentum, weightDecay);
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of("square_avg") : List.of("momentum_buffer", "square_avg");
    }

    @Override
    public void update(ParameterSlice slice) {
        float pull = weightDecay.of(slice.shape());
        slice.fused(new UpdateRule.RmsProp(slice.rate(), decay, epsilon, momentum, pull));
    }
}
