package org.espalier.examples;

import java.util.Arrays;
import java.util.Locale;

/** Mean and standard deviation of what several seeds gave; NaN and 0 of nothing. */
record Spread(double mean, double deviation) {
    static Spread of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
        return new Spread(mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)));
    }

    /** For example {@code 1.72 ± 0.05}. */
    String text(int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f ± %." + decimals + "f", mean, deviation);
    }

    /** In %, with two decimals. */
    String percent() {
        return new Spread(100 * mean, 100 * deviation).text(2);
    }
}
