package org.espalier.prune.pipeline;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The lines of one stage in a recipe: choices and their values, each asked for by the kind of stage that knows it. */
final class RecipeLines {
    private final Map<String, Line> lines = new LinkedHashMap<>();

    private record Line(int number, String value) {}

    void add(int number, String key, String value) {
        if (lines.putIfAbsent(key, new Line(number, value)) != null) {
            throw new IllegalArgumentException("'" + key + "' is said twice");
        }
    }

    /**
     * Takes a choice.
     *
     * @param usual its value if it is not said
     * @throws IllegalArgumentException if the reader does; it names the line
     */
    <T> T read(String key, Function<String, ? extends T> reader, T usual) {
        var line = lines.remove(key);
        return line == null ? usual : at(line.number, () -> reader.apply(line.value));
    }

    /** Refuses choices that nobody has taken. */
    void requireAllRead(String kind) {
        lines.forEach((key, line) -> at(line.number, () -> {
            throw new IllegalArgumentException("'" + key + "' is no choice of a stage of kind " + kind);
        }));
    }

    /** Dotted names separated by commas. */
    static List<String> names(String value) {
        return List.of(value.split(" *, *"));
    }

    /** Does work on a line, whose number an error names. */
    static <T> T at(int number, java.util.function.Supplier<T> work) {
        try {
            return work.get();
        } catch (RecipeException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new RecipeException(number, e);
        }
    }
}
