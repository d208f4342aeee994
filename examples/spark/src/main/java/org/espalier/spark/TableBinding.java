package org.espalier.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.espalier.nn.table.Schema;

/**
 * How a table fits a model.
 *
 * @param places where the values of the model's columns are in a row of the table
 * @param width how many columns the table has
 * @param type the table with the answer behind it
 */
record TableBinding(int[] places, int width, StructType type) {
    /**
     * Finds the columns of a model in a table.
     *
     * @param prefix what the names of the answer begin with
     * @param columns the names of the columns in the table, in the order of the schema; if empty, those of the schema
     * @throws IllegalArgumentException if one is not there or holds no scalars, or a name of the answer is taken
     */
    static TableBinding of(Schema schema, String prefix, StructType table, String... columns) {
        var names = columns.length == 0 ? schema.names() : List.of(columns);
        if (names.size() != schema.columns().size()) {
            throw new IllegalArgumentException("score: the model reads " + schema.columns().size() + " columns, "
                    + schema.names() + ", not " + names.size());
        }
        int[] places = names.stream().mapToInt(name -> place(table, name)).toArray();
        var fields = new ArrayList<>(Arrays.asList(table.fields()));
        for (var added : AnswerColumns.fields(schema.target(), prefix)) {
            if (fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(added.name()))) {
                throw new IllegalArgumentException("score: the table has a column " + added.name()
                        + " already; choose another prefix for the columns that are added");
            }
            fields.add(added);
        }
        return new TableBinding(places, table.length(), DataTypes.createStructType(fields));
    }

    private static int place(StructType table, String name) {
        int place = Arrays.asList(table.fieldNames()).indexOf(name);
        if (place < 0) {
            throw new IllegalArgumentException("score: the table has no column \"" + name + "\"; it has "
                    + String.join(", ", table.fieldNames()));
        }
        requireScalar(table.fields()[place]);
        return place;
    }

    private static void requireScalar(StructField field) {
        var type = field.dataType();
        if (!(type instanceof NumericType || type instanceof StringType || type instanceof BooleanType)) {
            throw new IllegalArgumentException("score: column \"" + field.name() + "\" is of type "
                    + type.simpleString() + "; a model reads numbers, words and booleans");
        }
    }
}
