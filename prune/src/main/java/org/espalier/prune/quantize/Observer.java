package org.espalier.prune.quantize;

import org.espalier.compressed.ActivationScale;

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
    String text();

    /**
     * The observer of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Observer parse(String text) {
        if (text.startsWith("percentile ")) {
            return new Percentile(Double.parseDouble(text.substring("percentile ".length())));
        }
        return switch (text) {
            case "min-max" -> new MinMax();
            case "mse" -> new LeastSquares();
            case "entropy" -> new Entropy();
            default -> throw new IllegalArgumentException(
                    "no observer is called '" + text + "'; there are min-max, percentile P, mse and entropy");
        };
    }
}
