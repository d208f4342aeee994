package org.espalier.spark.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Table;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;

/**
 * Made-up customers: twelve numbers, of which two have gaps, two words, and whether they leave. A row is a function of
 * its id, so any part of the table can be made again.
 *
 * @param file the model: a network of 64 and 32 hidden units, trained on some thousand rows and pruned to a tenth of
 *     its weights
 */
record CustomerTable(byte[] file) {
    private static final int TRAINING_ROWS = 8_000;
    private static final int EPOCHS = 3;
    private static final double SPARSITY = 0.9;

    /** A number in [0, 1) for an id and a number of the column. */
    private static String uniform(int column) {
        return "(pmod(xxhash64(id, " + column + "), 1000003) / 1000003.0D)";
    }

    /** Rows from an id on, as many as wanted. */
    static Dataset<Row> rows(SparkSession spark, long from, long to, int partitions) {
        var columns = new String[18];
        columns[0] = "id";
        for (int i = 1; i <= 12; i++) {
            var value = uniform(i) + " * " + 10 * i;
            columns[i] = (i % 6 == 0 ? "IF(" + uniform(20 + i) + " < 0.1, NULL, " + value + ")" : value) + " AS x" + i;
        }
        columns[13] = "element_at(array('north', 'east', 'south', 'west'), 1 + int(4 * " + uniform(13) + ")) AS region";
        columns[14] = "element_at(array('basic', 'plus', 'pro'), 1 + int(3 * " + uniform(14) + ")) AS tariff";
        columns[15] = "IF(" + uniform(1) + " + " + uniform(2) + " * " + uniform(13) + " > 0.9, 'leaves', 'stays')"
                + " AS outcome";
        return spark.range(from, to, 1, partitions).selectExpr(Stream.of(columns)
                .filter(column -> column != null)
                .toArray(String[]::new));
    }

    /** Writes rows as Parquet files, unless they are there. */
    static Dataset<Row> parquet(SparkSession spark, Path directory, long rows, int files) {
        if (!Files.exists(directory.resolve("_SUCCESS"))) {
            rows(spark, 0, rows, files).drop("outcome").write().mode("overwrite").parquet(directory.toString());
        }
        return spark.read().parquet(directory.toString());
    }

    /** The Parquet files of a directory. */
    static List<Path> files(Path directory) throws IOException {
        try (var all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
        }
    }

    /** Trains and prunes the model, on rows that no table has. */
    static CustomerTable train(SparkSession spark) throws IOException {
        var rows = rows(spark, -TRAINING_ROWS, 0, 1).drop("id");
        var csv = new StringBuilder(String.join(",", rows.columns())).append('\n');
        for (var row : rows.collectAsList()) {
            for (int i = 0; i < row.length(); i++) {
                csv.append(i == 0 ? "" : ",").append(row.isNullAt(i) ? "" : row.get(i));
            }
            csv.append('\n');
        }
        var text = Files.createTempFile("customers", ".csv");
        var table = Table.read(Files.writeString(text, csv), "outcome");
        Files.delete(text);
        var model = Preprocessing.standard().network(table, 64, 32);
        table.trainer(model, EPOCHS).fit(table.data());
        Unstructured.global(Criterion.magnitude()).sparsity(SPARSITY).plan(model).apply();
        table.trainer(model, EPOCHS).fit(table.data());
        return new CustomerTable(table.schema().file(model).toBytes());
    }
}
