package org.espalier.examples.tool;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a pruned model may cost, such as {@code bytes=27KB}, {@code us=5}, {@code weights=5%} or {@code flops=40k}.
 *
 * @param kind of what
 * @param amount a number, or a fraction of what the model costs now
 * @param isFraction which of the two
 */
record PruneTarget(Kind kind, double amount, boolean isFraction) {
    private static final Pattern TEXT = Pattern.compile("(\\w+)=([\\d.]+)\\s*([a-zA-Z]*|%)");

    /** What is limited. */
    enum Kind {
        /** The bytes of the file. */
        BYTES,
        /** Microseconds for one row on this machine. */
        US,
        /** Kept weights. */
        WEIGHTS,
        /** Kept weights and biases. */
        PARAMETERS,
        /** Two for each kept weight and row. */
        FLOPS
    }

    /**
     * Reads the text of an option.
     *
     * @throws IllegalArgumentException if it is none
     */
    static PruneTarget parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw wrong(text);
        }
        Kind kind;
        try {
            kind = Kind.valueOf(parts.group(1).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
        boolean percent = parts.group(3).equals("%");
        double number;
        try {
            number = Double.parseDouble(parts.group(2)) * (percent ? 0.01 : unit(text, kind, parts.group(3)));
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        if (!(number > 0) || percent && number > 1 || percent && kind == Kind.US) {
            throw wrong(text);
        }
        return new PruneTarget(kind, number, percent);
    }

    private static double unit(String text, Kind kind, String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "" -> 1;
            case "b" -> one(text, kind == Kind.BYTES, 1);
            case "kb" -> one(text, kind == Kind.BYTES, 1e3);
            case "mb" -> one(text, kind == Kind.BYTES, 1e6);
            case "kib" -> one(text, kind == Kind.BYTES, 1 << 10);
            case "mib" -> one(text, kind == Kind.BYTES, 1 << 20);
            case "us" -> one(text, kind == Kind.US, 1);
            case "ms" -> one(text, kind == Kind.US, 1e3);
            case "k" -> one(text, kind != Kind.US, 1e3);
            case "m" -> one(text, kind != Kind.US, 1e6);
            default -> throw wrong(text);
        };
    }

    private static double one(String text, boolean fits, double unit) {
        if (!fits) {
            throw wrong(text);
        }
        return unit;
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "--within is a limit such as bytes=27KB, us=5, weights=5%, parameters=10k or flops=50%, not "
                        + "\"" + text + "\"");
    }

    /** The limit, given what the model costs now. */
    long limit(long now) {
        return Math.max(1, (long) Math.floor(isFraction ? amount * now : amount));
    }
}
