package org.espalier.spark.data;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.espalier.nn.table.RawValues;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Target;

/**
 * The rows of a directory of Parquet files, or of every n-th file of it, as samples for a schema: read record by
 * record, without Spark, so an executor can read its share itself. The order is that of the files' names and of the
 * rows in them, whoever reads.
 *
 * <pre>{@code
 * var rows = ParquetRows.of("hdfs:///clicks", schema).part(rank, ranks);
 * Dataset samples = rows.toFile(Path.of("/scratch/clicks-" + rank));        // once; then mapped
 * }</pre>
 *
 * @param directory where the files are, for any file system of Hadoop
 * @param schema which columns are read, and what the target is
 * @param part which of the parts
 * @param parts how many parts the files are dealt out to
 */
public record ParquetRows(String directory, Schema schema, int part, int parts) {
    /** All rows. */
    public static ParquetRows of(String directory, Schema schema) {
        return new ParquetRows(directory, schema, 0, 1);
    }

    /**
     * The files whose index, by name, is {@code part} modulo {@code parts}: each file is in one part.
     *
     * @throws IllegalArgumentException if there is no such part
     */
    public ParquetRows part(int part, int parts) {
        if (part < 0 || part >= parts) {
            throw new IllegalArgumentException("there is no part " + part + " of " + parts + ", counted from 0");
        }
        return new ParquetRows(directory, schema, part, parts);
    }

    /** What is done with a row. */
    public interface Visitor {
        /** Hears of a row; the array is used again for the next. */
        void row(float[] inputs, float target) throws IOException;
    }

    /**
     * Reads the rows, one at a time.
     *
     * @throws IllegalArgumentException if a column is missing, or a value is not what its column takes
     * @throws IOException if a file cannot be read, or there is no file in this part
     */
    public void forEach(Visitor visitor) throws IOException {
        var files = files();
        if (files.isEmpty()) {
            throw new IOException(directory + ": there is no Parquet file for part " + part + " of " + parts
                    + "; write at least as many files as parts");
        }
        var values = new RawValues(schema, false);
        var inputs = new float[schema.columns().size()];
        for (var file : files) {
            try (var reader = ParquetReader.builder(new GroupReadSupport(), file.getPath()).build()) {
                read(reader, values, inputs, visitor);
            }
        }
    }

    private void read(ParquetReader<Group> reader, RawValues values, float[] inputs, Visitor visitor)
            throws IOException {
        Group row = reader.read();
        if (row == null) {
            return;
        }
        var type = row.getType();
        int[] places = schema.names().stream().mapToInt(name -> place(type, name)).toArray();
        int target = place(type, targetName(schema.target()));
        for (; row != null; row = reader.read()) {
            for (int i = 0; i < places.length; i++) {
                inputs[i] = values.number(i, value(row, places[i]));
            }
            visitor.row(inputs, values.target(value(row, target)));
        }
    }

    private List<FileStatus> files() throws IOException {
        var path = new Path(directory);
        var all = Arrays.stream(path.getFileSystem(new Configuration()).listStatus(path))
                .filter(file -> file.getPath().getName().endsWith(".parquet"))
                .sorted((one, other) -> one.getPath().getName().compareTo(other.getPath().getName()))
                .toList();
        var mine = new ArrayList<FileStatus>();
        for (int i = part; i < all.size(); i += parts) {
            mine.add(all.get(i));
        }
        return mine;
    }

    private static String targetName(Target target) {
        return switch (target) {
            case Target.Regression regression -> regression.name();
            case Target.Binary binary -> binary.name();
            case Target.Classes classes -> classes.name();
            case Target.MultiLabel labels -> throw new IllegalArgumentException(
                    "samples with several labels, " + labels.labels() + ", are not read from Parquet");
        };
    }

    private static int place(GroupType type, String name) {
        if (!type.containsField(name)) {
            throw new IllegalArgumentException("there is no column \"" + name + "\" in " + type);
        }
        var field = type.getType(name);
        var meaning = field.getLogicalTypeAnnotation();
        if (!field.isPrimitive() || meaning instanceof DecimalLogicalTypeAnnotation
                || meaning instanceof TimestampLogicalTypeAnnotation || meaning instanceof DateLogicalTypeAnnotation) {
            throw new IllegalArgumentException("column \"" + name + "\" is " + field
                    + "; numbers, words and booleans are read, so cast it before it is written");
        }
        return type.getFieldIndex(name);
    }

    /** The value of a field of a record: a number, a boolean, a text, or null. */
    public static Object value(Group row, int field) {
        if (row.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        return switch (row.getType().getType(field).asPrimitiveType().getPrimitiveTypeName()) {
            case DOUBLE -> row.getDouble(field, 0);
            case FLOAT -> row.getFloat(field, 0);
            case INT32 -> row.getInteger(field, 0);
            case INT64 -> row.getLong(field, 0);
            case BOOLEAN -> row.getBoolean(field, 0);
            default -> row.getString(field, 0);
        };
    }

    /**
     * Writes the rows into a local file, and maps it; a file that is there already is taken as it is.
     *
     * @throws IllegalArgumentException as {@link #forEach}; no file is left then
     */
    public RowFile toFile(java.nio.file.Path file) throws IOException {
        int width = schema.columns().size();
        if (!Files.exists(file)) {
            var writer = new RowFile.Writer(file, width);
            forEach(writer::add);
            writer.close();
        }
        return RowFile.open(file, width, schema.target() instanceof Target.Classes);
    }
}
