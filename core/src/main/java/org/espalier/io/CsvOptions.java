package org.espalier.io;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a CSV file looks like and what is wanted from it. Start from {@link #standard()}.
 *
 * @param separator between the fields of a row: any ASCII character but a quote, a line end, a digit or one of
 *     {@code +-.eE}
 * @param decimalComma whether numbers are written as {@code 3,14}
 * @param charset UTF-8, or ISO-8859-1 or windows-1252
 * @param header whether the first row has the names of the columns; without it they are called "0", "1", …
 * @param select the columns that are wanted, in this order; empty for all
 * @param without columns that are left out
 * @param categories the columns of words, with their levels; an empty list means those that the file has, sorted
 * @param detect whether every other column that has only words is a category as well
 * @param missing the words that mean a missing value
 * @param nonFinite whether {@code nan}, {@code inf} and numbers beyond float32 are read; otherwise they are an error
 */
public record CsvOptions(char separator, boolean decimalComma, Charset charset, boolean header, List<String> select,
        Set<String> without, Map<String, List<String>> categories, boolean detect, Set<String> missing,
        boolean nonFinite) {

    /** Words that commonly mean a missing value: {@code NA}, {@code null}, {@code ?}, an empty field and others. */
    public static final Set<String> USUAL_MISSING = Collections.unmodifiableSet(new LinkedHashSet<>(
            List.of("", "NA", "N/A", "n/a", "na", "#N/A", "NaN", "nan", "NULL", "null", "None", "?")));

    private static final Set<String> CHARSETS = Set.of("UTF-8", "ISO-8859-1", "windows-1252");

    private static final CsvOptions STANDARD = new CsvOptions(',', false, StandardCharsets.UTF_8, true, List.of(),
            Set.of(), Map.of(), false, Set.of(), false);

    /**
     * Copies the collections.
     *
     * @throws IllegalArgumentException if the separator is one of the characters that a number or a row needs, the
     *     character set is another, or a column is selected twice or both selected and left out
     */
    public CsvOptions {
        if (separator == 0 || separator > 0x7F || "\"\r\n+-.eE0123456789".indexOf(separator) >= 0) {
            throw new IllegalArgumentException("no separator: '" + separator + "'");
        }
        if (decimalComma && separator == ',') {
            throw new IllegalArgumentException("decimal commas need another separator: withSeparator(';') first");
        }
        if (!CHARSETS.contains(charset.name())) {
            throw new IllegalArgumentException(charset + " is not read; " + CHARSETS + " are");
        }
        select = List.copyOf(select);
        without = Collections.unmodifiableSet(new LinkedHashSet<>(without));
        for (String column : select) {
            if (without.contains(column) || Collections.frequency(select, column) > 1) {
                throw new IllegalArgumentException("column \"" + column + "\" is selected twice, or left out as well");
            }
        }
        var copies = new LinkedHashMap<String, List<String>>();
        categories.forEach((column, levels) -> copies.put(column, List.copyOf(levels)));
        categories = Collections.unmodifiableMap(copies);
        missing = Collections.unmodifiableSet(new LinkedHashSet<>(missing));
    }

    /**
     * UTF-8, fields separated by commas, a header, nothing but finite numbers, nothing missing.
     *
     * @return the options
     */
    public static CsvOptions standard() {
        return STANDARD;
    }

    /**
     * These options with another separator.
     *
     * @param character such as {@code ';'} or {@code '\t'}
     * @return the new options
     * @throws IllegalArgumentException if numbers or rows need the character
     */
    public CsvOptions withSeparator(char character) {
        return new CsvOptions(character, decimalComma, charset, header, select, without, categories, detect, missing,
                nonFinite);
    }

    /**
     * These options for numbers like {@code 3,14}.
     *
     * @return the new options
     * @throws IllegalArgumentException if the comma is the separator
     */
    public CsvOptions withDecimalComma() {
        return new CsvOptions(separator, true, charset, header, select, without, categories, detect, missing,
                nonFinite);
    }

    /**
     * These options for text in another character set.
     *
     * @param set UTF-8, ISO-8859-1 or windows-1252
     * @return the new options
     * @throws IllegalArgumentException if it is another
     */
    public CsvOptions withCharset(Charset set) {
        return new CsvOptions(separator, decimalComma, set, header, select, without, categories, detect, missing,
                nonFinite);
    }

    /**
     * These options for a file without a header.
     *
     * @return the new options
     */
    public CsvOptions withoutHeader() {
        return new CsvOptions(separator, decimalComma, charset, false, select, without, categories, detect, missing,
                nonFinite);
    }

    /**
     * These options with only some columns.
     *
     * @param columns their names, in the order in which the table shall have them
     * @return the new options
     * @throws IllegalArgumentException if one is there twice, or left out as well
     */
    public CsvOptions select(String... columns) {
        return new CsvOptions(separator, decimalComma, charset, header, List.of(columns), without, categories, detect,
                missing, nonFinite);
    }

    /**
     * These options without some more columns; whatever these hold is not looked at.
     *
     * @param columns their names
     * @return the new options
     * @throws IllegalArgumentException if one is selected as well
     */
    public CsvOptions without(String... columns) {
        var all = new LinkedHashSet<>(without);
        all.addAll(List.of(columns));
        return new CsvOptions(separator, decimalComma, charset, header, select, all, categories, detect, missing,
                nonFinite);
    }

    /**
     * These options with further columns of words, whose levels are the words that the file has: sorted, and by value
     * if all are numbers.
     *
     * @param columns their names
     * @return the new options
     */
    public CsvOptions withCategories(String... columns) {
        var all = new LinkedHashMap<>(categories);
        for (String column : columns) {
            all.put(column, List.of());
        }
        return withLevels(all);
    }

    /**
     * These options with a further column of words, of which no others are read.
     *
     * @param column its name
     * @param levels the words in the order of their codes
     * @return the new options
     */
    public CsvOptions withCategory(String column, List<String> levels) {
        var all = new LinkedHashMap<>(categories);
        all.put(column, levels);
        return withLevels(all);
    }

    private CsvOptions withLevels(Map<String, List<String>> all) {
        return new CsvOptions(separator, decimalComma, charset, header, select, without, all, detect, missing,
                nonFinite);
    }

    /**
     * These options with just the columns of another table, and the codes that its words have.
     *
     * @param columns the columns, in the order in which the table shall have them
     * @return the new options
     * @throws IllegalArgumentException if two have one name, or one is left out
     */
    public CsvOptions withColumns(List<CsvColumn> columns) {
        var levels = new LinkedHashMap<String, List<String>>();
        var names = new ArrayList<String>();
        for (CsvColumn column : columns) {
            names.add(column.name());
            if (column.category()) {
                levels.put(column.name(), column.levels());
            }
        }
        return new CsvOptions(separator, decimalComma, charset, header, names, without, levels, false, missing,
                nonFinite);
    }

    /**
     * These options with every column a category that has only words. A column that has numbers and words is refused.
     *
     * @return the new options
     */
    public CsvOptions withDetectedCategories() {
        return new CsvOptions(separator, decimalComma, charset, header, select, without, categories, true, missing,
                nonFinite);
    }

    /**
     * These options with words that mean a missing value, which is read as NaN.
     *
     * @param words the words; without any, {@link #USUAL_MISSING}
     * @return the new options
     */
    public CsvOptions withMissing(String... words) {
        return new CsvOptions(separator, decimalComma, charset, header, select, without, categories, detect,
                words.length == 0 ? USUAL_MISSING : new LinkedHashSet<>(List.of(words)), nonFinite);
    }

    /**
     * These options with NaN and infinities allowed.
     *
     * @return the new options
     */
    public CsvOptions withNonFinite() {
        return new CsvOptions(separator, decimalComma, charset, header, select, without, categories, detect, missing,
                true);
    }
}
