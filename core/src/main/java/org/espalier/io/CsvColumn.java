package org.espalier.io;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * A column of a table: numbers, or the words of a category. A word is kept as its index in the levels, so the levels
 * belong to whatever is learned from the table: give those of the training rows when other rows are read
 * ({@link CsvOptions#withColumns}).
 *
 * @param name the name in the header, or the index of the column as text if there is no header
 * @param category whether the fields are words
 * @param levels the different words of a category, each once; empty for numbers
 */
public record CsvColumn(String name, boolean category, List<String> levels) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if a level is there twice, or a column of numbers has levels
     */
    public CsvColumn {
        levels = List.copyOf(levels);
        if (!category && !levels.isEmpty()) {
            throw new IllegalArgumentException("column \"" + name + "\": numbers have no levels");
        }
        if (new LinkedHashSet<>(levels).size() < levels.size()) {
            throw new IllegalArgumentException("column \"" + name + "\": a level is there twice in " + levels);
        }
    }

    /**
     * A column of numbers.
     *
     * @param name its name
     * @return the column
     */
    public static CsvColumn numbers(String name) {
        return new CsvColumn(name, false, List.of());
    }

    /**
     * A column of words.
     *
     * @param name its name
     * @param levels the words, in the order of their codes
     * @return the column
     * @throws IllegalArgumentException if a level is there twice
     */
    public static CsvColumn category(String name, List<String> levels) {
        return new CsvColumn(name, true, levels);
    }
}
