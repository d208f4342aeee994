package org.espalier.io;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a CSV file looks like and what is wanted from it. Start from {@link #standard()}.
 *
 * @param separator between the fields of a row: any ASCII character but a quote, a line end, a digit or one of {@code
 *     +-.eE}
 * @param header whether the first row has the names of the columns; without it they are called "0", "1", …
 * @param categories the columns whose fields are words, not numbers
 * @param emptyAsNaN whether an empty number field is read as NaN; otherwise it is an error
 * @param nonFinite whether {@code nan}, {@code inf} and numbers beyond float32 are read; otherwise they are an error
 */
public record CsvOptions(
        char separator, boolean header, Set<String> categories, boolean emptyAsNaN, boolean nonFinite) {

    private static final CsvOptions STANDARD = new CsvOptions(',', true, Set.of(), false, false);

    /**
     * Copies the set.
     *
     * @throws IllegalArgumentException if the separator is one of the characters that a number or a row needs
     */
    public CsvOptions {
        if (separator == 0 || separator > 0x7F || "\"\r\n+-.eE0123456789".indexOf(separator) >= 0) {
            throw new IllegalArgumentException("no separator: '" + separator + "'");
        }
        categories = Set.copyOf(categories);
    }

    /**
     * Fields separated by commas, a header, nothing but finite numbers.
     *
     * @return the options
     */
    public static CsvOptions standard() {
        return STANDARD;
    }

    /**
     * These options with another separator.
     *
     * @param character the separator
     * @return the new options
     */
    public CsvOptions withSeparator(char character) {
        return new CsvOptions(character, header, categories, emptyAsNaN, nonFinite);
    }

    /**
     * These options for a file without a header.
     *
     * @return the new options
     */
    public CsvOptions withoutHeader() {
        return new CsvOptions(separator, false, categories, emptyAsNaN, nonFinite);
    }

    /**
     * These options with further columns of words.
     *
     * @param columns their names
     * @return the new options
     */
    public CsvOptions withCategories(String... columns) {
        var all = new LinkedHashSet<>(categories);
        all.addAll(Set.of(columns));
        return new CsvOptions(separator, header, all, emptyAsNaN, nonFinite);
    }

    /**
     * These options with empty number fields read as NaN.
     *
     * @return the new options
     */
    public CsvOptions withEmptyAsNaN() {
        return new CsvOptions(separator, header, categories, true, nonFinite);
    }

    /**
     * These options with NaN and infinities allowed.
     *
     * @return the new options
     */
    public CsvOptions withNonFinite() {
        return new CsvOptions(separator, header, categories, emptyAsNaN, true);
    }
}
