package org.espalier.prune.sparsity;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Amounts as text: {@code sparsity 0.9}, {@code of remaining 0.5}, {@code below 0.1}, {@code fc1: …; fc2: …}. */
public final class Amounts {
    private static final Pattern ONE = Pattern.compile("(sparsity|of remaining|below) (\\S+)");
    private static final Pattern BUDGET =
            Pattern.compile("within (\\d{1,18}) (weights|parameters|bytes|flops|microseconds)");

    private Amounts() {}

    /** The text of an amount; {@link #parse} reads it back. */
    public static String text(Amount amount) {
        return switch (amount) {
            case Amount.Unset unset -> "unset";
            case Amount.Sparsity(double share) -> "sparsity " + share;
            case Amount.OfRemaining(double share) -> "of remaining " + share;
            case Amount.Below(double threshold) -> "below " + threshold;
            case Amount.Within(Resource resource, long limit) -> "within " + limit + " " + resource.text();
            case Amount.ByLayer(Map<String, Amount> amounts) -> amounts.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                    .collect(Collectors.joining("; "));
        };
    }

    /**
     * Reads an amount.
     *
     * @throws IllegalArgumentException if the text is not one
     */
    public static Amount parse(String text) {
        if (text.equals("unset")) {
            return new Amount.Unset();
        }
        if (!text.contains(":")) {
            return one(text.strip());
        }
        var amounts = new LinkedHashMap<String, Amount>();
        for (var part : text.split(";")) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw unknown(part);
            }
            amounts.put(part.substring(0, colon).strip(), one(part.substring(colon + 1).strip()));
        }
        return new Amount.ByLayer(amounts);
    }

    private static Amount one(String text) {
        Matcher budget = BUDGET.matcher(text);
        if (budget.matches()) {
            var resource = Resource.valueOf(budget.group(2).toUpperCase(Locale.ROOT));
            return Amount.within(resource, Long.parseLong(budget.group(1)));
        }
        Matcher parts = ONE.matcher(text);
        if (!parts.matches()) {
            throw unknown(text);
        }
        double number = Double.parseDouble(parts.group(2));
        return switch (parts.group(1)) {
            case "sparsity" -> Amount.sparsity(number);
            case "of remaining" -> Amount.ofRemaining(number);
            default -> Amount.below(number);
        };
    }

    private static IllegalArgumentException unknown(String text) {
        return new IllegalArgumentException("'" + text
                + "' is no amount; write sparsity S, of remaining S, below T, within N weights"
                + " (or parameters, bytes, flops, microseconds), or the first three by layer, fc1: …; fc2: …");
    }
}
