package org.espalier.spark.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.espalier.nn.table.RawValues;
import org.espalier.nn.table.Schema;
import org.espalier.spark.CreditTable;
import org.espalier.spark.TestSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetRowsTest {
    private final SparkSession spark = TestSession.local();

    @TempDir
    Path folder;

    private String write(Dataset<Row> rows, int files) {
        var directory = folder.resolve("parquet").toString();
        rows.repartition(files).write().mode("overwrite").parquet(directory);
        return directory;
    }

    private Dataset<Row> table() {
        return CreditTable.dataset(spark, 120)
                .withColumn("three", functions.expr("element_at(array('good', 'bad', 'late'), 1 + int(id % 3))"));
    }

    private static Schema schema() throws IOException {
        return CreditTable.table("three").schema();
    }

    @Test
    void partsTogetherAreTheTable() throws Exception {
        var directory = write(table(), 5);
        var schema = schema();
        double[] sums = new double[4];
        int rows = 0;
        for (int part = 0; part < 2; part++) {
            var file = ParquetRows.of(directory, schema).part(part, 2).toFile(folder.resolve("part" + part));
            var all = file.all();
            rows += file.size();
            float[] x = all.inputs().toArray();
            for (int i = 0; i < x.length; i++) {
                sums[i % 3] += Float.isNaN(x[i]) ? -1 : x[i];
            }
            for (float target : all.targets().toArray()) {
                sums[3] += target;
            }
        }
        assertEquals(120, rows);
        double[] expected = new double[4];
        var values = new RawValues(schema, false);
        for (var row : table().collectAsList()) {
            for (int i = 0; i < 3; i++) {
                float number = values.number(i, row.get(i + 1));
                expected[i] += Float.isNaN(number) ? -1 : number;
            }
            expected[3] += values.target(row.get(4));
        }
        assertArrayEquals(expected, sums, 1e-6 * expected[2]);
    }

    @Test
    void theOrderIsThatOfTheFiles() throws Exception {
        var directory = write(table(), 3);
        var rows = ParquetRows.of(directory, schema());
        assertArrayEquals(
                rows.toFile(folder.resolve("one")).all().inputs().toArray(),
                rows.toFile(folder.resolve("two")).all().inputs().toArray());
        try (var files = Files.list(Path.of(directory))) {
            assertEquals(3, files.filter(file -> file.toString().endsWith(".parquet")).count());
        }
    }

    @Test
    void whatDoesNotFitIsRefusedAndLeavesNoFile() throws Exception {
        var file = folder.resolve("none");
        var directory = write(table().withColumn("job", functions.lit("astronaut")), 1);
        var e = assertThrows(IllegalArgumentException.class,
                () -> ParquetRows.of(directory, schema()).toFile(file));
        assertTrue(e.getMessage().contains("\"astronaut\" is none of its levels"), e.getMessage());
        assertFalse(Files.exists(file));
        assertThrows(IOException.class, () -> ParquetRows.of(directory, schema()).part(1, 2).toFile(file));
        assertThrows(IllegalArgumentException.class, () -> ParquetRows.of(directory, schema()).part(2, 2));
        write(table().drop("age"), 1);
        assertThrows(IllegalArgumentException.class, () -> ParquetRows.of(directory, schema()).toFile(file));
        write(table().withColumn("amount", functions.col("amount").cast("decimal(9,2)")), 1);
        var decimal = assertThrows(IllegalArgumentException.class,
                () -> ParquetRows.of(directory, schema()).toFile(file));
        assertTrue(decimal.getMessage().contains("cast it before"), decimal.getMessage());
    }
}
