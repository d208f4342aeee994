package org.espalier.prune.quantize;

/** How the inputs of linear layers are computed with. */
public sealed interface ActivationQuantization {
    /** A few words for tables and recipes, such as {@code static min-max}; {@link #parse} reads them back. */
    String text();

    /** As they are. */
    record Float32() implements ActivationQuantization {
        @Override
        public String text() {
            return "float32";
        }
    }

    /** In 8 bits, with a scale for every sample. */
    record Dynamic() implements ActivationQuantization {
        @Override
        public String text() {
            return "dynamic";
        }
    }

    /**
     * In 8 bits, with a scale for each layer that is found beforehand on calibration data.
     *
     * @param observer how it is found
     */
    record Static(Observer observer) implements ActivationQuantization {
        @Override
        public String text() {
            return "static " + observer.text();
        }
    }

    /**
     * The inputs of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there are none
     */
    static ActivationQuantization parse(String text) {
        return switch (text) {
            case "float32" -> new Float32();
            case "dynamic" -> new Dynamic();
            case String other when other.startsWith("static ") ->
                    new Static(Observer.parse(other.substring("static ".length())));
            default -> throw new IllegalArgumentException(
                    "no inputs are called '" + text + "'; there are float32, dynamic and static OBSERVER");
        };
    }
}
