package org.espalier.prune.pipeline;

import java.util.List;

/**
 * The stages of a pipeline as data, with a text for people that reads back to the same recipe:
 *
 * <pre>
 * stage "global weights"
 *   criterion magnitude l1
 *   pattern weights
 *   allocation global
 *   amount sparsity 0.9
 *   schedule cubic 10
 *   floor 1 units
 *   epochs 3
 * </pre>
 *
 * @param stages the stages in order
 */
public record Recipe(List<Stage> stages) {
    /** Takes its own copy of the list. */
    public Recipe {
        stages = List.copyOf(stages);
    }

    /** The text. Criteria of your own are in it by the name they give, and cannot be read back. */
    public String toText() {
        return RecipeText.write(this);
    }

    /**
     * Reads a recipe; blank lines and lines that start with # are skipped.
     *
     * @throws IllegalArgumentException if a line is not understood; it names the line
     */
    public static Recipe parse(String text) {
        return RecipeText.read(text);
    }
}
