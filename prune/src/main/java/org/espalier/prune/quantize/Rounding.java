package org.espalier.prune.quantize;

import org.espalier.prune.notation.Notations;

/** A way to quantize the weights of one layer so that the layer's outputs change least. */
public sealed interface Rounding permits Gptq, OptimalBrainQuantization {
    /** A few words for tables and messages, such as {@code gptq}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /**
     * The method of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Rounding parse(String text) {
        return Notations.standard().parse(Rounding.class, text);
    }

    /** GPTQ: column by column, for layers of any size. */
    static Gptq gptq() {
        return new Gptq();
    }

    /** Optimal brain quantization: the cheapest weight first, for small layers. */
    static OptimalBrainQuantization obq() {
        return new OptimalBrainQuantization();
    }
}
