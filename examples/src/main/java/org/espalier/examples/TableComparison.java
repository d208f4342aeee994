package org.espalier.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.io.Json;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.metrics.Interval;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Table;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.prune.sparsity.SparsitySchedule;

/**
 * Five tables, five splits each, one set of defaults for all: a 64-32 network, dense and with 80 % of its weights
 * pruned, beside what scikit-learn 1.2 reaches on the same splits. Prints a Markdown table.
 */
final class TableComparison {
    private static final double SPARSITY = 0.8;

    /** A table, its target and metric, and scikit-learn's means and standard deviations over the splits. */
    private record Task(String name, String target, Metric metric, String linear, String mlp) {}

    private record Scores(double[] dense, double[] pruned, long denseBytes, long prunedBytes) {}

    void main(String... args) throws IOException {
        int splits = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        var tasks = List.of(
                new Task("breast_cancer", "diagnosis", Metric.accuracy(), ".968 ± .011", ".968 ± .010"),
                new Task("wine", "cultivar", Metric.accuracy(), ".991 ± .011", ".996 ± .009"),
                new Task("digits", "digit", Metric.accuracy(), ".970 ± .010", ".969 ± .006"),
                new Task("diabetes", "progression", Metric.rSquared(), ".428 ± .038", ".388 ± .080"),
                new Task("credit", "outcome", Metric.rocAuc(), ".741 ± .011", ".725 ± .005"));
        IO.println("| table | measure | scikit-learn linear | scikit-learn MLP | dense | pruned to 20 % "
                + "| pruned − dense, 95 % | bytes: dense, pruned |");
        IO.println("|---|---|---|---|---|---|---|---|");
        for (var task : tasks) {
            var scores = scores(task, splits);
            var difference = IntStream.range(0, splits).mapToDouble(i -> scores.pruned[i] - scores.dense[i]).toArray();
            IO.println(String.join(" | ", "| " + task.name, task.metric.name(), task.linear, task.mlp,
                    spread(scores.dense), spread(scores.pruned), Interval.ofMean(0.95, difference).toString(),
                    scores.denseBytes + ", " + scores.prunedBytes + " |"));
        }
    }

    private static Scores scores(Task task, int splits) throws IOException {
        var table = Table.of(Csv.read(task.name, TableComparison.class.getResourceAsStream(
                "tables/" + task.name + ".csv"), CsvOptions.standard().withDetectedCategories().withMissing()),
                task.target);
        var dense = new double[splits];
        var pruned = new double[splits];
        long denseBytes = 0;
        long prunedBytes = 0;
        for (int split = 0; split < splits; split++) {
            var isTest = new boolean[table.rows()];
            for (int row : testRows(task.name, split)) {
                isTest[row] = true;
            }
            var train = rows(table, isTest, false);
            var test = rows(table, isTest, true);
            var model = Preprocessing.standard().network(train, 64, 32);
            model.initialize(Init.heNormal(), split);
            train.trainer(model).seed(split).fit(train.data());
            var small = prune(Layers.copy(model), train, split);
            dense[split] = task.metric.of(model, test.data());
            pruned[split] = task.metric.of(small, test.data());
            denseBytes = bytes(model, table.schema());
            prunedBytes = bytes(small, table.schema());
        }
        return new Scores(dense, pruned, denseBytes, prunedBytes);
    }

    private static Layer prune(Layer model, Table train, long seed) throws IOException {
        Pipeline.of(model)
                .stage("weights",
                        Unstructured.globalNormalized(Criterion.magnitude()).sparsity(SPARSITY)
                                .schedule(SparsitySchedule.cubic(3)))
                .retrain(60, Retraining.with(train.trainer(model), train.data()))
                .seed(seed)
                .run();
        return Shrink.of(model).model();
    }

    private static long bytes(Layer model, Schema schema) {
        return ModelFile.of(model).with(Schema.KEY, schema.toJson().compact()).toBytes().length;
    }

    private static Table rows(Table table, boolean[] isTest, boolean test) {
        return table.rows(IntStream.range(0, isTest.length).filter(row -> isTest[row] == test).toArray());
    }

    private static int[] testRows(String table, int split) throws IOException {
        try (var stream = TableComparison.class.getResourceAsStream("tables/splits.json")) {
            var all = (Json.Obj) Json.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            var rows = new ArrayList<Integer>();
            for (var row : ((Json.Arr) all.items(table).get(split)).items()) {
                rows.add((int) ((Json.Int) row).value());
            }
            return rows.stream().mapToInt(Integer::intValue).toArray();
        }
    }

    private static String spread(double[] values) {
        double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(Double.NaN);
        double squares = IntStream.range(0, values.length).mapToDouble(i -> Math.pow(values[i] - mean, 2)).sum();
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, Math.sqrt(squares / Math.max(1, values.length - 1)));
    }
}
