package org.espalier.nn.table;

import java.util.List;
import org.espalier.io.CsvOptions;

/**
 * Turns the raw values of a table into the numbers that a model takes, one value at a time: for programs that fill rows
 * of their own.
 *
 * @param schema what the columns are
 * @param lenient whether words that are no level of their column are missing values, and missing values are allowed in
 *     every column
 */
public record RawValues(Schema schema, boolean lenient) {
    /** What texts look like, and which words mean that a value is missing. */
    static final CsvOptions WORDS = CsvOptions.standard().withMissing();

    /**
     * The number of one input: itself, the index of the level of a category, or NaN if it is missing.
     *
     * @param column which column, from 0
     * @param value a number, a boolean, a text, or null if it is missing
     * @throws IllegalArgumentException if it is not what the column takes; the message names the column
     */
    public float number(int column, Object value) {
        float number = converted(schema.columns().get(column), value);
        require(column, number);
        return number;
    }

    private float converted(Schema.Column column, Object value) {
        boolean missing =
                value == null || value instanceof CharSequence text && WORDS.missing().contains(text.toString());
        if (missing && !column.levels().contains(String.valueOf(value))) {
            return Float.NaN;
        }
        if (column.isCategory()) {
            int level = column.levels().indexOf(value.toString().strip());
            if (level < 0 && !lenient) {
                throw refused(column, "\"" + value + "\" is none of its levels " + column.levels());
            }
            return level < 0 ? Float.NaN : level;
        }
        return number(column, value);
    }

    private static float number(Schema.Column column, Object value) {
        if (value instanceof Number number) {
            return number.floatValue();
        }
        if (value instanceof Boolean bool) {
            return bool ? 1 : 0;
        }
        try {
            return Float.parseFloat(value.toString().strip());
        } catch (NumberFormatException e) {
            throw refused(column, "\"" + value + "\" is not a number");
        }
    }

    /** Checks the number of an input; throws {@link IllegalArgumentException} if its column does not take it. */
    void require(int column, float number) {
        if (Float.isInfinite(number)) {
            throw refused(schema.columns().get(column), "the number must be finite, not " + number);
        }
        if (Float.isNaN(number) && !lenient && !schema.columns().get(column).optional()) {
            throw refused(schema.columns().get(column),
                    "the value is missing, and none was missing when the model was trained; lenient() allows it");
        }
    }

    /**
     * The number of a target as the loss takes it: the index of the class, or the number.
     *
     * @param value the word of the class, or a number
     * @throws IllegalArgumentException if it is missing, no class or no finite number, or the target is several labels
     */
    public float target(Object value) {
        return switch (schema.target()) {
            case Target.Regression target -> {
                float number = value == null ? Float.NaN : number(column(target.name(), List.of()), value);
                if (!Float.isFinite(number)) {
                    throw refused(column(target.name(), List.of()), "the target must be a finite number, not " + value);
                }
                yield number;
            }
            case Target.Binary target -> level(target.name(), List.of(target.negative(), target.positive()), value);
            case Target.Classes target -> level(target.name(), target.classes(), value);
            case Target.MultiLabel target -> throw new IllegalArgumentException(
                    "the target is several columns, " + target.labels());
        };
    }

    private static float level(String name, List<String> levels, Object value) {
        int level = value == null ? -1 : levels.indexOf(value.toString().strip());
        if (level < 0) {
            throw refused(column(name, levels), "\"" + value + "\" is none of its classes " + levels);
        }
        return level;
    }

    private static Schema.Column column(String name, List<String> levels) {
        return new Schema.Column(name, levels, false);
    }

    static IllegalArgumentException refused(Schema.Column column, String problem) {
        return new IllegalArgumentException("column \"" + column.name() + "\": " + problem);
    }
}
