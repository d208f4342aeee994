package org.espalier.prune.quantize;

import org.espalier.prune.notation.Notation;
import org.espalier.prune.notation.Notations;

/** How the inputs of linear layers are quantized. */
public sealed interface ActivationQuantization {
    /** A few words for tables and recipes, such as {@code static min-max}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /** Not at all. */
    @Notation("float32")
    record Float32() implements ActivationQuantization {}

    /** To 8 bits, with a scale for every sample, found while the model runs. */
    @Notation("dynamic")
    record Dynamic() implements ActivationQuantization {}

    /**
     * To 8 bits, with a scale for each layer that is found beforehand on calibration data.
     *
     * @param observer how it is found
     */
    @Notation("static {observer}")
    record Static(Observer observer) implements ActivationQuantization {}

    /** Inputs stay float32. */
    static Float32 none() {
        return new Float32();
    }

    /** A scale for every sample. */
    static Dynamic dynamic() {
        return new Dynamic();
    }

    /** A fixed scale for each layer. */
    static Static fixed(Observer observer) {
        return new Static(observer);
    }

    /**
     * The quantization of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static ActivationQuantization parse(String text) {
        return Notations.standard().parse(ActivationQuantization.class, text);
    }
}
