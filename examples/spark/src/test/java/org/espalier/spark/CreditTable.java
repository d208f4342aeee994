package org.espalier.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.espalier.nn.Init;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Table;
import org.espalier.tensor.Rng;

/** Rows with numbers, words and gaps, and models for them. */
public final class CreditTable {
    private static final List<String> JOBS = List.of("none", "skilled", "unskilled");
    private static final List<String> OUTCOMES = List.of("good", "bad", "late");

    private CreditTable() {}

    /** The columns of {@link #rows} in Spark. */
    public static StructType type() {
        return new StructType()
                .add("id", DataTypes.LongType, false)
                .add("age", DataTypes.IntegerType)
                .add("job", DataTypes.StringType)
                .add("amount", DataTypes.DoubleType);
    }

    /** Rows of {@link #type}, of which one in seven has no age and one in eleven no job. */
    public static List<Row> rows(int count) {
        var rows = new ArrayList<Row>();
        var numbers = Rng.of(11).uniform(org.espalier.tensor.Shape.of(count, 3), 0, 1).toArray();
        for (int i = 0; i < count; i++) {
            Integer age = i % 7 == 3 ? null : (Integer) (18 + (int) (60 * numbers[3 * i]));
            String job = i % 11 == 5 ? null : JOBS.get((int) (3 * numbers[3 * i + 1]));
            rows.add(RowFactory.create((long) i, age, job, 9000.0 * numbers[3 * i + 2]));
        }
        return rows;
    }

    /** The rows on Spark. */
    public static Dataset<Row> dataset(SparkSession spark, int count) {
        return spark.createDataFrame(rows(count), type());
    }

    /** A row as {@link org.espalier.nn.table.Predictor} takes it. */
    public static Map<String, Object> map(Row row) {
        var map = new HashMap<String, Object>();
        for (int i = 1; i < 4; i++) {
            map.put(type().fieldNames()[i], row.get(i));
        }
        return map;
    }

    /** Training rows with a target: {@code outcome} of two or three classes, or the number {@code limit}. */
    public static Table table(String target) throws IOException {
        var csv = new StringBuilder("age,job,amount," + target + "\n");
        for (var row : rows(200)) {
            long id = row.getLong(0);
            csv.append(row.isNullAt(1) ? "" : row.get(1)).append(',').append(row.isNullAt(2) ? "" : row.get(2))
                    .append(',').append(row.get(3)).append(',')
                    .append(switch (target) {
                        case "two" -> OUTCOMES.get((int) (id % 2));
                        case "three" -> OUTCOMES.get((int) (id % 3));
                        default -> row.getDouble(3) / 3 + id;
                    })
                    .append('\n');
        }
        var file = Files.createTempFile("credit", ".csv");
        return Table.read(Files.writeString(file, csv), target);
    }

    /** The file of a model for a target, with the values of a seed. */
    public static byte[] model(String target, long seed) throws IOException {
        var table = table(target);
        var model = Preprocessing.standard().network(table, 16, 8);
        model.initialize(Init.heNormal(), seed);
        return table.schema().file(model).toBytes();
    }
}
