package org.espalier.nn.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.espalier.io.CsvColumn;
import org.espalier.io.CsvOptions;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.model.ModelFile;

/**
 * What the rows of a table mean: the columns that a model reads, in their order, and what it predicts. A row is an
 * array with one number for each column: a number, or the index of a level, or NaN where the value is missing.
 *
 * @param columns the inputs
 * @param target what is predicted
 */
public record Schema(List<Column> columns, Target target) {
    /** The key under which a model file holds the schema of its model. */
    public static final String KEY = "schema";

    /**
     * A column of inputs.
     *
     * @param name its name
     * @param levels the words of a category, by index; empty for numbers
     * @param optional whether a value may be missing
     */
    public record Column(String name, List<String> levels, boolean optional) {
        /** Copies the list. */
        public Column {
            levels = List.copyOf(levels);
        }

        /** Whether the values are words. */
        public boolean isCategory() {
            return !levels.isEmpty();
        }

        /** The column of a CSV file that has such values. */
        CsvColumn toCsv() {
            return new CsvColumn(name, isCategory(), levels);
        }

        /** For example {@code job: 4 levels, may be missing}. */
        @Override
        public String toString() {
            return name + ": " + (isCategory() ? levels.size() + " levels" : "number")
                    + (optional ? ", may be missing" : "");
        }
    }

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if two columns have one name
     */
    public Schema {
        columns = List.copyOf(columns);
        var names = new HashSet<String>();
        for (var column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("schema: two columns are called \"" + column.name() + "\"");
            }
        }
    }

    /** The names of the columns. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The columns as a CSV file has them. */
    List<CsvColumn> csvColumns() {
        return columns.stream().map(Column::toCsv).toList();
    }

    /** How to read just these columns of a CSV file with a header, words as the indices of these levels. */
    public CsvOptions csvOptions() {
        return CsvOptions.standard().withMissing().withColumns(csvColumns());
    }

    /**
     * The file of a model that takes rows of these columns, with this schema in it, as {@link Predictor} reads it.
     *
     * @throws IllegalArgumentException if the model has another number of inputs or outputs
     */
    public ModelFile file(Layer model) {
        Predictor.of(model, this);
        return ModelFile.of(model).with(KEY, toJson());
    }

    /** A form that {@link #fromJson} reads; model files have it under {@link #KEY}. */
    public Json.Obj toJson() {
        var list = new ArrayList<Json>();
        for (var column : columns) {
            var json = Json.object().with("name", column.name);
            json = column.isCategory() ? json.with("levels", Target.strings(column.levels)) : json;
            list.add(column.optional ? json.with("optional", true) : json);
        }
        return Json.object().with("columns", Json.array(list)).with("target", target.toJson());
    }

    /**
     * Reads {@link #toJson}.
     *
     * @throws FormatException if it is no schema
     */
    public static Schema fromJson(Json.Obj json) throws FormatException {
        var columns = new ArrayList<Column>();
        for (var item : json.items("columns")) {
            if (!(item instanceof Json.Obj column)) {
                throw new FormatException("schema", "a column is not an object: " + item.compact());
            }
            columns.add(new Column(
                    column.string("name"),
                    column.has("levels") ? Target.strings(column, "levels") : List.of(),
                    column.has("optional") && column.bool("optional")));
        }
        try {
            return new Schema(columns, Target.fromJson(json.object("target")));
        } catch (IllegalArgumentException e) {
            throw new FormatException("schema", FormatException.NO_OFFSET, e.getMessage(), e);
        }
    }
}
