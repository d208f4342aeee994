package org.espalier.examples;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.espalier.nn.metrics.Interval;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.table.Table;
import org.espalier.prune.search.Preset;

/**
 * Every preset on tables, five splits each: what is left of a 64-32 network, and how good it is. Prints Markdown: the
 * tables that presets are chosen by, those of formulas that judge them, and five real ones.
 */
final class PresetComparison {
    private static final double CONFIDENCE = 0.95;
    private static final double TRAINING_SHARE = 0.75;

    private interface Parts {
        Table.Split split(int number) throws IOException;
    }

    void main(String... args) throws IOException {
        int splits = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        var which = args.length > 1 ? args[1] : "real";
        head();
        switch (which) {
            case "choosing" -> made(MadeTable.choosing(), splits);
            case "judging" -> made(MadeTable.judging(), splits);
            case "real" -> {
                for (var task : TableTask.all()) {
                    var table = task.table();
                    compare(task.name(), task.metric(), splits, split -> TableTask.split(task.name(), table, split));
                }
            }
            default -> throw new IllegalArgumentException("there are choosing, judging and real, not " + which);
        }
    }

    private static void head() {
        IO.println("| table | measure | dense | preset | pruned | pruned − dense, 95 % | bytes: dense, pruned |");
        IO.println("|---|---|---|---|---|---|---|");
    }

    private static void made(List<MadeTable> tables, int splits) throws IOException {
        for (var made : tables) {
            compare(made.name(), made.metric(), splits, split -> made.table().split(TRAINING_SHARE, split));
        }
    }

    private static void compare(String name, Metric metric, int splits, Parts tables) throws IOException {
        var presets = List.of(Preset.fast(), Preset.balanced(), Preset.smallest());
        var dense = new double[splits];
        var pruned = new double[presets.size()][splits];
        var bytes = new double[presets.size() + 1][splits];
        for (int split = 0; split < splits; split++) {
            var trial = PresetTrial.ofTable(tables.split(split), metric, split, 64, 32);
            var before = trial.result();
            dense[split] = before.score();
            bytes[presets.size()][split] = before.bytes();
            for (int i = 0; i < presets.size(); i++) {
                var after = trial.result(presets.get(i));
                pruned[i][split] = after.score();
                bytes[i][split] = after.bytes();
            }
        }
        for (int i = 0; i < presets.size(); i++) {
            double[] of = pruned[i];
            var difference = IntStream.range(0, splits).mapToDouble(k -> of[k] - dense[k]).toArray();
            IO.println(String.join(
                    " | ", "| " + name, metric.name(), Spread.of(dense).text(3),
                    presets.get(i).name(), Spread.of(of).text(3),
                    Interval.ofMean(CONFIDENCE, difference).toString(),
                    String.format(Locale.ROOT, "%.0f, %.0f |", mean(bytes[presets.size()]), mean(bytes[i]))));
        }
    }

    private static double mean(double... values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(Double.NaN);
    }
}
