package org.espalier.nn.optim;

import org.espalier.tensor.Shape;

/**
 * How strongly weights are pulled to zero, and which: all parameters, or matrices only, which exempts biases and the
 * scales of normalization layers.
 *
 * @param rate the coefficient of the decay; 0 for none
 * @param matricesOnly whether parameters of fewer than two axes are exempt
 */
public record WeightDecay(float rate, boolean matricesOnly) {
    private static final WeightDecay NONE = new WeightDecay(0, false);

    /** Checks the rate; throws {@link IllegalArgumentException} if it is negative or not finite. */
    public WeightDecay {
        Require.nonNegative("weight decay", rate);
    }

    /** No decay. */
    public static WeightDecay none() {
        return NONE;
    }

    /** Decay of every parameter, biases included: what PyTorch does. */
    public static WeightDecay ofAll(float rate) {
        return new WeightDecay(rate, false);
    }

    /** Decay of parameters of two or more axes only. */
    public static WeightDecay ofMatrices(float rate) {
        return new WeightDecay(rate, true);
    }

    /** The coefficient for a parameter of this shape. */
    public float of(Shape shape) {
        return matricesOnly && shape.rank() < 2 ? 0 : rate;
    }
}
