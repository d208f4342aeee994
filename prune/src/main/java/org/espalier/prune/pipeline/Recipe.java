package org.espalier.prune.pipeline;

import java.util.List;
import org.espalier.prune.notation.Notations;

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
 *   floor 1 units, share 0.0
 *   epochs 3
 * </pre>
 *
 * @param stages the stages in order
 * @param names names for what has no text, such as a criterion that is a lambda
 */
public record Recipe(List<Stage> stages, Notations names) {
    /** Takes its own copy of the list. */
    public Recipe {
        stages = List.copyOf(stages);
    }

    /** A recipe of stages that are written in the words of the library. */
    public Recipe(List<Stage> stages) {
        this(stages, Notations.standard());
    }

    /**
     * With a name for a value that has no text, such as an own criterion.
     *
     * @throws IllegalArgumentException if the name is blank or given to another value
     */
    public Recipe naming(String name, Object value) {
        return new Recipe(stages, names.with(name, value));
    }

    /**
     * The text.
     *
     * @throws StageException if something in a stage has neither a text nor a name; it names the class
     */
    public String toText() {
        return RecipeText.write(this);
    }

    /**
     * Reads a recipe; blank lines and lines that start with # are skipped.
     *
     * @throws RecipeException if a line is not understood; it gives the number of the line
     */
    public static Recipe parse(String text) {
        return parse(text, Notations.standard());
    }

    /**
     * Reads a recipe with names of own values in it.
     *
     * @param names {@code Notations.standard().with("my criterion", criterion)}
     * @throws RecipeException if a line is not understood; it gives the number of the line
     */
    public static Recipe parse(String text, Notations names) {
        return RecipeText.read(text, names);
    }
}
