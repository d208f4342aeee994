package org.espalier.examples.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.io.Json;
import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.metrics.Comparison;
import org.espalier.nn.metrics.Interval;
import org.espalier.nn.metrics.Trials;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The table: means over seeds with their intervals, each row beside its bar and, image by image, beside the dense
 * networks of the same seeds.
 *
 * @param rows all rows
 * @param runs what was done, by row and seed
 * @param quick whether networks were trained on fewer images or for fewer epochs than their recipes say
 */
record RecordTable(List<Row> rows, List<RowRun> runs, boolean quick) {
    private static final double CONFIDENCE = 0.95;
    private static final double MARGIN = 0.002;

    /** Writes {@code records.md}, {@code records.json} and {@code records.png}. */
    void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("records.md"), markdown());
        Files.writeString(folder.resolve("records.json"), json().pretty());
        if (!sparse().isEmpty()) {
            BitmapEncoder.saveBitmap(chart(), folder.resolve("records").toString(), BitmapFormat.PNG);
        }
    }

    private List<RowRun> of(Row row) {
        return runs.stream().filter(run -> run.row().equals(row.name())).toList();
    }

    private List<Row> done() {
        return rows.stream().filter(row -> row.base().isEmpty() && !of(row).isEmpty()).toList();
    }

    private List<Row> ablations() {
        return rows.stream().filter(row -> !row.base().isEmpty() && !of(row).isEmpty()).toList();
    }

    private static Interval error(List<RowRun> runs) {
        return Interval.ofMean(CONFIDENCE, runs.stream().mapToDouble(RowRun::error).toArray());
    }

    /** Whether the mean is at the bar or below it, and no run costs more than the limit. */
    private static boolean isReached(Row row, List<RowRun> runs) {
        return error(runs).mean() <= row.bar() + 1e-9
                && runs.stream().allMatch(run -> row.unit().of(run) <= row.limit());
    }

    /** The dense and pruned answers of the seeds that have both. */
    private Optional<Comparison> againstDense(Row row) {
        var trials = new ArrayList<Trials.Trial>();
        for (var run : of(row)) {
            runs.stream()
                    .filter(dense -> dense.row().equals("dense") && dense.seed() == run.seed())
                    .forEach(dense -> trials.add(new Trials.Trial(run.seed(), dense.answers(), run.answers())));
        }
        return row.name().equals("dense") || trials.isEmpty()
                ? Optional.empty()
                : Optional.of(new Trials(trials).compare(MARGIN));
    }

    String markdown() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                # LeNet-300-100 on MNIST, pruned as far as it goes

                784-300-100-10, 266,200 weights. Every choice was made by validation, on 50,000 of the training images
                and the other 10,000 ([how](recipes.md)); the networks of the table are trained on all 60,000 with
                these settings, keep the weights of the last epoch, and look at the 10,000 test images once. No other
                architecture, no augmentation, no distillation, no ensembles. All is measured on the model as its file
                gives it back; weights are those of the matrices, FLOPs two for each. Mean over seeds with the t
                interval; the last column is paired by seed.

                Made by `mvn -q -Pdemo -Ddemo.class=org.espalier.examples.records.Records`, %s, %s%s
                [Numbers, test images read wrong and SHA-256 of the file, for each seed](records.json).

                """, LocalDate.now(), machine(), time()));
        if (quick) {
            text.append("**A quick look: fewer images or epochs than the recipes say.**\n\n");
        }
        text.append("""
                | row | bar, % | limit | test error, %: mean [95 %] | seeds | reached | weights | FLOPs | bytes \
                | pixels | shape of seed 1 | pruned − dense, points of accuracy [95 %] |
                |---|---:|---:|---|---:|---|---:|---:|---:|---:|---|---|
                """);
        for (var row : done()) {
            var own = of(row);
            var error = error(own);
            text.append(String.format(
                    Locale.ROOT, "| %s | %s | %,d %s | %s | %d | %s | %,d | %,d | %,d | %d | %s | %s |%n", row.title(),
                    row.bar(), row.limit(), row.unit().name().toLowerCase(Locale.ROOT).replace("flops", "FLOPs"),
                    interval(error, 1), own.size(), isReached(row, own) ? "yes" : "**no**", most(own, Row.Unit.WEIGHTS),
                    most(own, Row.Unit.FLOPS), most(own, Row.Unit.BYTES),
                    Math.round(own.stream().mapToInt(RowRun::inputs).average().orElseThrow()), own.getFirst().shape(),
                    againstDense(row).map(all -> interval(all.drop(), -100)).orElse("")));
        }
        text.append(ablationTable());
        text.append("\n![Test error against weights kept](records.png)\n\nBars: ").append(done().stream()
                .map(row -> row.title() + ": " + row.source())
                .collect(Collectors.joining("; "))).append(".\n");
        return text.toString();
    }

    private static String machine() {
        return "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors; "
                + KernelChoice.current().reason();
    }

    /** What the runs took that noted it. */
    private String time() {
        var seconds = runs.stream().flatMapToDouble(run -> run.seconds().stream()).summaryStatistics();
        return seconds.getCount() == 0
                ? ""
                : String.format(
                        Locale.ROOT, " The %d runs that noted their time took %.0f s of a core, %.0f s at most.",
                        seconds.getCount(), seconds.getSum(), seconds.getMax());
    }

    /** Each changed recipe beside the one it changes, on the seeds that both have. */
    private String ablationTable() {
        var text = new StringBuilder();
        for (var row : ablations()) {
            var base = rows.stream().filter(other -> other.name().equals(row.base())).findFirst().orElseThrow();
            var differences = of(row).stream()
                    .flatMap(run -> of(base).stream()
                            .filter(other -> other.seed() == run.seed())
                            .map(other -> run.error() - other.error()))
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            if (differences.length > 0) {
                text.append(String.format(
                        Locale.ROOT, "| %s | %.3f | %d | %s |%n", row.title(), error(of(row)).mean(),
                        differences.length, interval(Interval.ofMean(CONFIDENCE, differences), 1)));
            }
        }
        return text.isEmpty() ? "" : """

                | change to the recipe of 2 % | test error, % | seeds | minus the recipe's, points [95 %] |
                |---|---:|---:|---|
                """ + text;
    }

    private static long most(List<RowRun> runs, Row.Unit unit) {
        return runs.stream().mapToLong(unit::of).max().orElseThrow();
    }

    private static String interval(Interval interval, int factor) {
        double low = Math.min(factor * interval.low(), factor * interval.high());
        double high = Math.max(factor * interval.low(), factor * interval.high());
        return Double.isFinite(low)
                ? String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", factor * interval.mean(), low, high)
                : String.format(Locale.ROOT, "%.3f", factor * interval.mean());
    }

    private Json.Obj json() {
        var lines = new ArrayList<Json>();
        for (var row : done()) {
            var line = Json.object()
                    .with("row", row.name())
                    .with("title", row.title())
                    .with("bar", row.bar())
                    .with("limit", row.limit())
                    .with("unit", row.unit().name())
                    .with("reached", isReached(row, of(row)))
                    .with("meanError", error(of(row)).mean())
                    .with("runs", Json.array(of(row).stream().map(run -> (Json) run.toJson()).toList()));
            lines.add(againstDense(row).map(all -> line.with("againstDense", all.toJson())).orElse(line));
        }
        for (var row : ablations()) {
            lines.add(Json.object()
                    .with("row", row.name())
                    .with("title", row.title())
                    .with("base", row.base())
                    .with("meanError", error(of(row)).mean())
                    .with("runs", Json.array(of(row).stream().map(run -> (Json) run.toJson()).toList())));
        }
        return Json.object()
                .with("date", LocalDate.now().toString())
                .with("java", System.getProperty("java.vm.version"))
                .with("machine", machine())
                .with("rows", Json.array(lines));
    }

    private List<Row> sparse() {
        return done().stream()
                .filter(row -> row.unit() == Row.Unit.WEIGHTS && !row.name().equals("dense"))
                .toList();
    }

    private XYChart chart() {
        var chart = new XYChartBuilder()
                .width(900)
                .height(600)
                .title("LeNet-300-100 on MNIST")
                .xAxisTitle("weights kept, % (logarithmic)")
                .yAxisTitle("test error, %")
                .build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        double[] kept = sparse().stream()
                .mapToDouble(row -> 100.0 * of(row).getFirst().weights() / rows.getFirst().limit())
                .toArray();
        chart.addSeries("here", kept, sparse().stream().mapToDouble(row -> error(of(row)).mean()).toArray())
                .setMarker(SeriesMarkers.CIRCLE);
        chart.addSeries("published", kept, sparse().stream().mapToDouble(Row::bar).toArray())
                .setMarker(SeriesMarkers.DIAMOND);
        return chart;
    }
}
