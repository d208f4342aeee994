package org.espalier.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A table: rows of numbers, where a word is the index of its level and a missing value is NaN.
 *
 * @param columns the columns
 * @param values [rows, columns]
 */
public record CsvTable(List<CsvColumn> columns, Tensor values) {

    /**
     * Copies the list.
     *
     * @throws ShapeException if the values are no matrix with as many columns
     */
    public CsvTable {
        columns = List.copyOf(columns);
        if (values.rank() != 2 || values.dim(1) != columns.size()) {
            throw new ShapeException("table: " + columns.size() + " columns do not fit values " + values.shape());
        }
    }

    /**
     * How many rows there are, the header not counted.
     *
     * @return rows
     */
    public int rows() {
        return values.dim(0);
    }

    /**
     * The names of the columns.
     *
     * @return in the order of the values
     */
    public List<String> names() {
        return columns.stream().map(CsvColumn::name).toList();
    }

    /**
     * The place of a column.
     *
     * @param name its name
     * @return the index of the column in the values
     * @throws IllegalArgumentException if there is none of that name
     */
    public int index(String name) {
        int index = names().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("table: no column \"" + name + "\"; there are " + names());
        }
        return index;
    }

    /**
     * A column.
     *
     * @param name its name
     * @return a fresh array of its numbers, or of the codes of its words; NaN where the value is missing
     * @throws IllegalArgumentException if there is none of that name
     */
    public float[] column(String name) {
        int index = index(name);
        float[] all = Storage.array(values);
        var column = new float[rows()];
        for (int row = 0; row < column.length; row++) {
            column[row] = all[row * columns.size() + index];
        }
        return column;
    }

    /**
     * The codes of a column of words: class labels, for example.
     *
     * @param name its name
     * @return a fresh array of indices into {@link CsvColumn#levels()}
     * @throws IllegalArgumentException if there is none of that name, it has numbers, or a word is missing in a row
     */
    public int[] codes(String name) {
        if (!columns.get(index(name)).category()) {
            throw new IllegalArgumentException("table: column \"" + name + "\" has numbers; to have class codes of it, "
                    + "read it with withCategories(\"" + name + "\")");
        }
        float[] column = column(name);
        var codes = new int[column.length];
        for (int row = 0; row < codes.length; row++) {
            if (Float.isNaN(column[row])) {
                throw new IllegalArgumentException("table: column \"" + name + "\" has no word in row index " + row);
            }
            codes[row] = (int) column[row];
        }
        return codes;
    }

    /**
     * The levels of a column of words.
     *
     * @param name its name
     * @return the words by their codes; empty for numbers
     * @throws IllegalArgumentException if there is none of that name
     */
    public List<String> levels(String name) {
        return columns.get(index(name)).levels();
    }

    /**
     * Some of the columns.
     *
     * @param names their names
     * @return a table of these columns in this order
     * @throws IllegalArgumentException if there is none of a name
     */
    public CsvTable select(String... names) {
        var chosen = new int[names.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = index(names[i]);
        }
        return select(chosen);
    }

    /**
     * All columns but some: the inputs without the target, for example.
     *
     * @param names the names of those that are left out
     * @return a table of the other columns
     * @throws IllegalArgumentException if there is none of a name
     */
    public CsvTable without(String... names) {
        for (String name : names) {
            index(name);
        }
        var out = Set.of(names);
        var rest = new ArrayList<>(names());
        rest.removeAll(out);
        return select(rest.toArray(String[]::new));
    }

    private CsvTable select(int[] chosen) {
        float[] all = Storage.array(values);
        var some = new float[Shape.of(rows(), chosen.length).size()];
        var kept = new ArrayList<CsvColumn>();
        for (int i = 0; i < chosen.length; i++) {
            kept.add(columns.get(chosen[i]));
            for (int row = 0; row < rows(); row++) {
                some[row * chosen.length + i] = all[row * columns.size() + chosen[i]];
            }
        }
        return new CsvTable(kept, Storage.adopt(Shape.of(rows(), chosen.length), some));
    }
}
