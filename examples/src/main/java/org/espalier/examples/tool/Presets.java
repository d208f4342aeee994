package org.espalier.examples.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.espalier.prune.pipeline.Recipe;

/** Recipes that come with the tool. */
final class Presets {
    /** Their names, the gentlest first. */
    static final List<String> NAMES =
            List.of("light", "standard", "balanced", "strong", "small", "smallest", "fast", "neurons");

    private Presets() {}

    /**
     * The text of a recipe; its first line is a comment that says what it is for.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static String text(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no preset is called \"" + name + "\"; there are "
                    + String.join(", ", NAMES));
        }
        try (var in = Presets.class.getResourceAsStream("presets/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a preset is for. */
    static String purpose(String name) {
        return text(name).lines().findFirst().orElse("").substring(2);
    }

    /** The recipe of a name; throws as {@link #text}. */
    static Recipe recipe(String name) {
        return Recipe.parse(text(name));
    }
}
