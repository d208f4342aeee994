package org.espalier.prune.pipeline;

import java.util.SequencedMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A line of the table of {@link StageKinds}: what is particular to one kind of stage, which stands in its file.
 *
 * @param <S> the stages of this kind
 * @param word what recipes call it
 * @param type the class of its stages
 * @param begins begins a stage; the model is changed only by the steps of what is returned. Throws
 *     {@link IllegalArgumentException} if the stage asks for something that cannot be done
 * @param choices its lines in a recipe, without the recovery, which all kinds have
 * @param reader reads what {@code choices} wrote; what is not said is the usual
 */
record StageKind<S extends Stage>(
        String word,
        Class<S> type,
        BiFunction<S, StageContext, StageWork> begins,
        Function<S, SequencedMap<String, String>> choices,
        Reader<S> reader) {
    /** Makes a stage of its lines in a recipe. */
    interface Reader<S> {
        S read(String name, RecipeLines lines, RetrainingPolicy recovery);
    }

    StageWork begin(Stage stage, StageContext context) {
        return begins.apply(type.cast(stage), context);
    }

    SequencedMap<String, String> write(Stage stage) {
        return choices.apply(type.cast(stage));
    }

    /**
     * Checks the name of a stage.
     *
     * @throws IllegalArgumentException if it is blank, has several lines or a quote
     */
    static void requireName(String name) {
        if (name.isBlank() || name.chars().anyMatch(c -> c < ' ' || c == '"')) {
            throw new IllegalArgumentException("a stage needs a name of one line without quotes, not '" + name + "'");
        }
    }
}
