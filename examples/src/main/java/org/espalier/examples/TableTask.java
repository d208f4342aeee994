package org.espalier.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.io.Json;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.table.Table;

/**
 * A table to learn from, with its test rows for five splits.
 *
 * @param name of the table
 * @param target the column to predict
 * @param metric how good a model is
 * @param linear mean and standard deviation over the splits of a linear model of scikit-learn 1.2
 * @param mlp those of its multilayer perceptron
 */
record TableTask(String name, String target, Metric metric, String linear, String mlp) {
    static List<TableTask> all() {
        return List.of(
                new TableTask("breast_cancer", "diagnosis", Metric.accuracy(), ".968 ± .011", ".968 ± .010"),
                new TableTask("wine", "cultivar", Metric.accuracy(), ".991 ± .011", ".996 ± .009"),
                new TableTask("digits", "digit", Metric.accuracy(), ".970 ± .010", ".969 ± .006"),
                new TableTask("diabetes", "progression", Metric.rSquared(), ".428 ± .038", ".388 ± .080"),
                new TableTask("credit", "outcome", Metric.rocAuc(), ".741 ± .011", ".725 ± .005"));
    }

    /** All rows. */
    Table table() throws IOException {
        return Table.of(Csv.read(name, TableTask.class.getResourceAsStream("tables/" + name + ".csv"),
                CsvOptions.standard().withDetectedCategories().withMissing()), target);
    }

    /** The rows to learn from, and those of a split's test as its validation part. */
    static Table.Split split(String name, Table table, int split) throws IOException {
        var isTest = new boolean[table.rows()];
        for (int row : testRows(name, split)) {
            isTest[row] = true;
        }
        return new Table.Split(rows(table, isTest, false), rows(table, isTest, true));
    }

    private static Table rows(Table table, boolean[] isTest, boolean test) {
        return table.rows(IntStream.range(0, isTest.length).filter(row -> isTest[row] == test).toArray());
    }

    private static int[] testRows(String table, int split) throws IOException {
        try (var stream = TableTask.class.getResourceAsStream("tables/splits.json")) {
            var all = (Json.Obj) Json.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            return ((Json.Arr) all.items(table).get(split))
                    .items().stream()
                    .mapToInt(row -> (int) ((Json.Int) row).value())
                    .toArray();
        }
    }
}
