package org.espalier.nn.optim;

import java.util.List;
import org.espalier.kernel.UpdateRule;

/**
 * Stochastic gradient descent: w ← w − rate·g, with g the gradient plus weightDecay·w. With momentum μ it keeps
 * v ← μ·v + g per weight and subtracts rate·v, or rate·(g + μ·v) with Nesterov's look-ahead.
 *
 * <p>Source: Sutskever, Martens, Dahl and Hinton, ICML 2013, in the form of PyTorch's {@code SGD} without dampening.
 *
 * @param learningRate the rate
 * @param momentum μ, in [0, 1)
 * @param nesterov whether to look ahead; needs momentum
 * @param weightDecay the pull to zero, added to the gradient
 */
public record Sgd(LearningRate learningRate, float momentum, boolean nesterov, WeightDecay weightDecay)
        implements FusedOptimizer {

    /** Checks the values; throws {@link IllegalArgumentException}. */
    public Sgd {
        Require.share("momentum", momentum);
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("Nesterov's look-ahead needs a momentum");
        }
    }

    /** With heavy-ball momentum. */
    public Sgd momentum(float momentum) {
        return new Sgd(learningRate, momentum, false, weightDecay);
    }

    /** With Nesterov's momentum. */
    public Sgd nesterov(float momentum) {
        return new Sgd(learningRate, momentum, true, weightDecay);
    }

    /** With decay of all parameters. */
    public Sgd weightDecay(float rate) {
        return weightDecay(WeightDecay.ofAll(rate));
    }

    /** With decay of some parameters. */
    public Sgd weightDecay(WeightDecay decay) {
        return new Sgd(learningRate, momentum, nesterov, decay);
    }

    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of("momentum_buffer");
    }

    @Override
    public void update(ParameterSlice slice) {
        slice.fused(new UpdateRule.Sgd(slice.rate(), momentum, nesterov, weightDecay.of(slice.shape())));
    }
}
