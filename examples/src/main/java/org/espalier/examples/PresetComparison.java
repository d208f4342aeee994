package org.espalier.examples;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.metrics.Interval;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Table;
import org.espalier.prune.search.Preset;

/**
 * Every preset on five tables, five splits each: what is left of a 64-32 network, and how
 * good it is. Prints a Markdown table.
 */
final class PresetComparison {
    private static final double CONFIDENCE = 0.95;

    void main(String... args) throws IOException {
        int splits = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        IO.println("| table | measure | dense | preset | pruned | pruned − dense, 95 % | bytes: dense, pruned |");
        IO.println("|---|---|---|---|---|---|---|");
        for (var task : TableTask.all()) {
            compare(task, splits);
        }
    }

    private static void compare(TableTask task, int splits) throws IOException {
        var presets = List.of(Preset.fast(), Preset.balanced(), Preset.smallest());
        var table = task.table();
        var dense = new double[splits];
        var pruned = new double[presets.size()][splits];
        var bytes = new double[presets.size() + 1][splits];
        for (int split = 0; split < splits; split++) {
            var parts = TableTask.split(task.name(), table, split);
            var train = parts.train();
            var test = parts.validation().data();
            var model = Preprocessing.standard().network(train, 64, 32);
            model.initialize(Init.heNormal(), split);
            train.trainer(model).seed(split).fit(train.data());
            dense[split] = task.metric().of(model, test);
            bytes[presets.size()][split] = bytes(ModelFile.of(model), table.schema());
            for (int i = 0; i < presets.size(); i++) {
                var file = prune(presets.get(i), Layers.copy(model), train, split);
                pruned[i][split] = task.metric().of(file.model(), test);
                bytes[i][split] = bytes(file, table.schema());
            }
        }
        for (int i = 0; i < presets.size(); i++) {
            double[] of = pruned[i];
            var difference = IntStream.range(0, splits).mapToDouble(k -> of[k] - dense[k]).toArray();
            IO.println(String.join(
                    " | ", "| " + task.name(), task.metric().name(), TableComparison.spread(dense),
                    presets.get(i).name(), TableComparison.spread(of),
                    Interval.ofMean(CONFIDENCE, difference).toString(),
                    String.format(Locale.ROOT, "%.0f, %.0f |", mean(bytes[presets.size()]), mean(bytes[i]))));
        }
    }

    private static ModelFile prune(Preset preset, Layer model, Table train, long seed)
            throws IOException {
        var loss = train.schema().target().loss();
        var pipeline = preset.pipeline(model, loss, train.data()).seed(seed);
        var report = pipeline.run();
        return preset.file(model, pipeline.recipe(), report);
    }

    private static long bytes(ModelFile file, Schema schema) {
        return file.with(Schema.KEY, schema.toJson().compact()).toBytes().length;
    }

    private static double mean(double... values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(Double.NaN);
    }
}
