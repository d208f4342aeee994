package org.espalier.nn;

import org.espalier.io.FormatException;
import org.espalier.nn.step.Steps;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * In training, sets each element to zero with a probability and scales the others by 1 / (1 − probability), so that the
 * expected value stays; in inference the identity (Srivastava et al. 2014, JMLR 15). Draws one number per element, in
 * row-major order, from {@link Mode#rng()}.
 *
 * @param probability of dropping an element, in [0, 1)
 */
public record Dropout(float probability) implements Layer {
    /**
     * Checks the probability.
     *
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public Dropout {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("dropout: the probability must be in [0, 1): " + probability);
        }
    }

    /** A layer that drops each element with this probability. */
    public static Dropout of(float probability) {
        return new Dropout(probability);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        return mode.isTraining() && probability > 0 ? x.weighted(factors(x, mode.rng())) : x;
    }

    private Tensor factors(Tensor x, Rng rng) {
        var factors = new float[x.size()];
        int scale = Float.floatToRawIntBits(1 / (1 - probability));
        // A uniform number is 24 bits over 2^24; it is below the probability where these bits are below this.
        int below = (int) Math.ceil(probability * 0x1p24);
        var words = new int[factors.length];
        rng.nextInts(words);
        for (int i = 0; i < factors.length; i++) {
            // The sign of the difference, spread over all bits: no branch that could not be predicted.
            factors[i] = Float.intBitsToFloat(scale & ~((words[i] >>> 8) - below >> 31));
        }
        return Storage.adopt(x.shape(), factors);
    }

    @Override
    public Dependency dependency() {
        return Dependency.elementwise();
    }

    /** Nothing: in inference it is the identity. */
    @Override
    public void compile(Steps steps) {}

    @Override
    public LayerConfig config() {
        return LayerConfig.of("dropout").with("probability", probability);
    }

    static Dropout build(Blueprint plan) throws FormatException {
        return new Dropout(plan.number("probability"));
    }
}
