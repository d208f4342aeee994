package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;
import org.espalier.nn.infer.FormatTable;
import org.espalier.nn.step.Format;

/** Every format that was tried for each layer, beside dense. */
final class FormatsFigure {
    private FormatsFigure() {}

    static Optional<Figure> of(RunRecord run) {
        return run.speed().map(RunRecord.Speed::formats).filter(table -> !table.layers().isEmpty())
                .map(FormatsFigure::figure);
    }

    private static Figure figure(FormatTable table) {
        var names = table.layers().stream().map(line -> line.layer()).toList();
        var series = new ArrayList<Json.Obj>();
        for (var format : Format.values()) {
            if (table.layers().stream().anyMatch(line -> line.micros().containsKey(format))) {
                var times = table.layers().stream()
                        .map(line -> line.micros().containsKey(format)
                                ? line.micros().get(format).getFirst()
                                : Double.NaN)
                        .toList();
                series.add(Charts.dots(word(format), format == Format.DENSE
                        ? "$dense"
                        : Charts.color(format.ordinal() - 1),
                        format == Format.DENSE
                                ? "rect"
                                : Charts.symbol(format.ordinal() - 1),
                        "@micros", times));
            }
        }
        var rows = new ArrayList<List<String>>();
        for (int batch = 0; batch < table.batches().size(); batch++) {
            for (var line : table.layers()) {
                for (var time : line.micros().entrySet()) {
                    if (time.getValue().get(batch).isNaN()) {
                        continue;
                    }
                    rows.add(List.of(line.layer(), Integer.toString(table.batches().get(batch)),
                            word(time.getKey()), Words.micros(time.getValue().get(batch)),
                            time.getKey() == line.chosen().get(batch) ? "chosen" : ""));
                }
            }
        }
        var chosen = table.layers().stream().map(line -> line.layer() + ": "
                + line.chosen().stream().distinct().map(FormatsFigure::word).collect(Collectors.joining(" and ")))
                .toList();
        var sentence = "Each layer is held in the format that was fastest where it was measured (" + String.join(", ",
                chosen) + "); dense is always tried, so a pruned layer is not slower than a dense one.";
        var option = Option.cartesian(
                Option.names("", names),
                Option.upright(Option.logarithmic("time for " + LatencyFigure.batch(table.batches().getFirst())
                        + " (logarithmic)", "@micros")),
                series).with("tooltip", Option.of("trigger", "axis"));
        return Figure.chart("formats", "Formats of each layer beside dense", sentence, 340, option,
                new Figure.Table(List.of("layer", "rows in a call", "format", "time", ""), rows));
    }

    static String word(Format format) {
        return format.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
