package org.espalier.prune.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The numbers of a method as text: {@code name, key value, key value}; what is left out has its usual value. */
final class Options {
    private final String name;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Options(String name) {
        this.name = name;
    }

    static Options parse(String text) {
        var parts = text.strip().split(" *, *");
        var options = new Options(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            int space = parts[i].indexOf(' ');
            if (space < 0 || options.values.put(parts[i].substring(0, space), parts[i].substring(space + 1)) != null) {
                throw new IllegalArgumentException("'" + parts[i] + "' is no option of " + options.name
                        + ", or is said twice; write: key value");
            }
        }
        return options;
    }

    String name() {
        return name;
    }

    double number(String key, double usual) {
        return take(key).map(text -> parse(key, text)).orElse(usual);
    }

    int count(String key, int usual) {
        double number = number(key, usual);
        if (number != (int) number) {
            throw new IllegalArgumentException(key + " of " + name + " must be a whole number, not " + number);
        }
        return (int) number;
    }

    Optional<String> take(String key) {
        return Optional.ofNullable(values.remove(key));
    }

    private double parse(String key, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " of " + name + " must be a number, not '" + text + "'", e);
        }
    }

    /** The method, if all that was said has been used. */
    <T> T complete(T method) {
        if (!values.isEmpty()) {
            throw new IllegalArgumentException(name + " has no option called " + String.join(", ", values.keySet()));
        }
        return method;
    }

    /** Refuses what is not a share. */
    static void requireShare(String what, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(what + " must be in [0, 1], not " + share);
        }
    }

    /** Refuses what is below a limit. */
    static void requireAtLeast(int limit, String what, int count) {
        if (count < limit) {
            throw new IllegalArgumentException(what + " must be at least " + limit + ", not " + count);
        }
    }
}
