package org.espalier.examples.tool;

import java.util.List;
import org.espalier.prune.pipeline.Recipe;
import org.espalier.prune.search.Preset;

/** The presets of the library as recipes of the tool. */
final class Presets {
    /** Their names, the gentlest first. */
    static final List<String> NAMES = Preset.all().stream().map(Preset::name).toList();

    private Presets() {}

    /**
     * The text of a recipe; its first line is a comment that says what it is for.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    static String text(String name) {
        return "# " + purpose(name) + "\n" + recipe(name).toText();
    }

    /** What a preset is for; throws as {@link #text}. */
    static String purpose(String name) {
        return Preset.of(name).purpose();
    }

    /** The recipe of a name; throws as {@link #text}. */
    static Recipe recipe(String name) {
        return Preset.of(name).recipe();
    }
}
