package org.espalier.examples.tool;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a measure has to reach, such as {@code accuracy>=0.98}.
 *
 * @param name of the measure
 * @param atLeast whether the bound is a lower one
 * @param bound what it has to reach
 */
record Check(String name, boolean atLeast, double bound) {
    private static final Pattern TEXT =
            Pattern.compile("\\s*([^<>=]+?)\\s*([<>])=\\s*(-?[\\d.]+(?:[eE]-?\\d+)?)\\s*(%?)");

    /**
     * Reads the text of an option.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Check parse(String text) {
        var parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("--check is a measure and a bound, such as \"accuracy>=0.98\" or "
                    + "\"loss<=0.1\", not \"" + text + "\"");
        }
        double bound = Double.parseDouble(parts.group(3)) * (parts.group(4).isEmpty() ? 1 : 0.01);
        return new Check(parts.group(1), parts.group(2).equals(">"), bound);
    }

    /** What is wrong, in a sentence; empty if nothing is. */
    String failure(Map<String, Double> measured) {
        var found = measured.entrySet().stream().filter(entry -> plain(entry.getKey()).equals(plain(name))).findFirst();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no measure is called \"" + name + "\"; there are "
                    + measured.keySet().stream().map(one -> "\"" + one + "\"").collect(Collectors.joining(", ")));
        }
        double value = found.get().getValue();
        boolean met = atLeast ? value >= bound : value <= bound;
        return met
                ? ""
                : String.format(Locale.ROOT, "%s is %.5f, %s than %s", name, value,
                        atLeast ? "less" : "more", bound);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    }
}
