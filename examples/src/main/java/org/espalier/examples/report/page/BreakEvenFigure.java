package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;
import org.espalier.nn.step.Format;

/** From which sparsity on a sparse format pays on this machine. */
final class BreakEvenFigure {
    private BreakEvenFigure() {}

    static Optional<Figure> of(RunRecord run) {
        return run.speed().map(RunRecord.Speed::breakEven)
                .filter(lines -> lines.stream().anyMatch(line -> line.micros().containsKey(Format.DENSE)))
                .map(BreakEvenFigure::figure);
    }

    private static Figure figure(List<RunRecord.BreakEven> lines) {
        var series = new ArrayList<Json.Obj>();
        for (var format : Format.values()) {
            var data = lines.stream().filter(line -> line.micros().containsKey(format))
                    .map(line -> Option.array(line.sparsity(), line.micros().get(format))).toList();
            if (!data.isEmpty()) {
                boolean dense = format == Format.DENSE;
                var color = dense ? "$dense" : Charts.color(format.ordinal() - 1);
                series.add(Option.series("line", FormatsFigure.word(format), color, "@micros", data)
                        .with("symbol", dense ? "none" : Charts.symbol(format.ordinal()))
                        .with("symbolSize", 8)
                        .with("lineStyle", Option.of("color", color, "width", 2, "type", dense ? "dashed" : "solid")));
            }
        }
        var first = lines.getFirst();
        var pays = lines.stream().filter(line -> fastest(line) != Format.DENSE).findFirst();
        var sentence = "A layer of " + Words.count(first.inputs()) + " inputs and " + Words.count(first.neurons())
                + " neurons, one row at a time: " + pays.map(line -> "from " + Words.percent(line.sparsity())
                        + " zeros on " + FormatsFigure.word(fastest(line)) + " is faster than dense.")
                        .orElse("no sparse format is faster than dense up to "
                                + Words.percent(lines.getLast().sparsity()) + " zeros.");
        var rows = new ArrayList<List<String>>();
        for (var line : lines) {
            line.micros().forEach((format, micros) -> rows.add(List.of(Words.percent(line.sparsity()),
                    FormatsFigure.word(format), Words.micros(micros),
                    Words.times(line.micros().get(Format.DENSE) / micros))));
        }
        var option = Option.cartesian(
                Option.values("weights that are zero", "@percent").with("min", 0.5).with("max", 1),
                Option.upright(Option.logarithmic("time for a row (logarithmic)", "@micros")),
                series).with("tooltip", Option.of("trigger", "item", "formatter", "@point"));
        return Figure.chart("breakeven", "From where on sparse pays", sentence, 360, option,
                new Figure.Table(List.of("zeros", "format", "time", "as fast as dense"), rows));
    }

    private static Format fastest(RunRecord.BreakEven line) {
        return line.micros().entrySet().stream()
                .min((a, b) -> Double.compare(a.getValue(), b.getValue())).orElseThrow().getKey();
    }
}
