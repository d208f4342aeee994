package org.espalier.prune.quantize;

import org.espalier.compressed.ActivationScale;
import org.espalier.prune.notation.Notations;

/**
 * A rule that finds the scale of a layer's inputs from those seen in calibration. A wide range clips nothing and is
 * coarse; a narrow one is fine and clips what is rare.
 */
public sealed interface Observer permits MinMax, Percentile, LeastSquares, Entropy {
    /**
     * The scale for these values.
     *
     * @param values all that were seen, in any order; not changed
     * @throws IllegalArgumentException if there are none or one is not finite
     */
    ActivationScale scale(float[] values);

    /** A few words for tables and recipes, such as {@code min-max}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /**
     * The observer of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Observer parse(String text) {
        return Notations.standard().parse(Observer.class, text);
    }

    /** From the least to the largest value. */
    static MinMax minMax() {
        return new MinMax();
    }

    /** From one percentile to the other, such as 99.99. */
    static Percentile percentile(double percent) {
        return new Percentile(percent);
    }

    /** The range with the least squared error. */
    static LeastSquares leastSquares() {
        return new LeastSquares();
    }

    /** The range that loses the least information. */
    static Entropy entropy() {
        return new Entropy();
    }
}
