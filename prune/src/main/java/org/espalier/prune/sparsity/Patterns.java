package org.espalier.prune.sparsity;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads patterns from their text. */
public final class Patterns {
    private static final Pattern TAIL = Pattern.compile("(.*?)(?: tail (dense|rejected))?");
    private static final Pattern BLOCKS = Pattern.compile("blocks (\\d{1,9})x(\\d{1,9})");
    private static final Pattern POOLS = Pattern.compile("pools of (row|\\d{1,9})");

    private Patterns() {}

    /**
     * The pattern with this {@linkplain SparsityPattern#text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static SparsityPattern parse(String text) {
        Matcher parts = TAIL.matcher(text);
        if (!parts.matches()) {
            throw unknown(text);
        }
        var tail =
                parts.group(2) == null ? Remainder.SCALED : Remainder.valueOf(parts.group(2).toUpperCase(Locale.ROOT));
        Matcher blocks = BLOCKS.matcher(parts.group(1));
        if (blocks.matches()) {
            return new Blocks(Integer.parseInt(blocks.group(1)), Integer.parseInt(blocks.group(2)), tail);
        }
        Matcher pools = POOLS.matcher(parts.group(1));
        if (pools.matches()) {
            return new NM(pools.group(1).equals("row") ? NM.ROW : Integer.parseInt(pools.group(1)), tail);
        }
        return switch (text) {
            case "weights" -> new Weights();
            case "neurons" -> new Neurons();
            case "inputs" -> new Inputs();
            default -> throw unknown(text);
        };
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("no pattern is called '" + text
                + "'; there are weights, neurons, inputs, blocks RxC and pools of M (or row)");
    }
}
