package org.espalier.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.tensor.Tensor;

/**
 * What a CSV file holds: its numbers as one tensor, its words as codes.
 *
 * @param columns the names of the number columns, in the order of the file
 * @param values the numbers, [rows, columns]
 * @param categories the word columns by name, in the order of the file
 */
public record CsvTable(List<String> columns, Tensor values, Map<String, Category> categories) {

    /** Copies the list and the map. */
    public CsvTable {
        columns = List.copyOf(columns);
        categories = Collections.unmodifiableMap(new LinkedHashMap<>(categories));
    }

    /**
     * How many rows there are, the header not counted.
     *
     * @return rows
     */
    public int rows() {
        return values.shape().dim(0);
    }

    /** A column of words: each row's word as its index in the sorted list of different words. */
    public static final class Category {
        private final List<String> levels;
        private final int[] codes;

        Category(List<String> levels, int[] codes) {
            this.levels = levels;
            this.codes = codes;
        }

        /**
         * The different words.
         *
         * @return sorted by UTF-16 value, so that the codes do not depend on the order of the rows
         */
        public List<String> levels() {
            return levels;
        }

        /**
         * The codes of all rows.
         *
         * @return a fresh array of indices into {@link #levels()}: class labels, for example
         */
        public int[] codes() {
            return codes.clone();
        }

        /**
         * The word of one row.
         *
         * @param row its index, the header not counted
         * @return the word
         */
        public String word(int row) {
            return levels.get(codes[row]);
        }
    }
}
