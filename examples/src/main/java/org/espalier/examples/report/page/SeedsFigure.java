package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;
import org.espalier.nn.metrics.Comparison;
import org.espalier.nn.metrics.Interval;

/** Whether the pruned models are as good, over several seeds. */
final class SeedsFigure {
    private SeedsFigure() {}

    static Optional<Figure> of(RunRecord run) {
        return run.comparison().map(SeedsFigure::figure);
    }

    private static Figure figure(Comparison comparison) {
        var verdict = switch (comparison.verdict()) {
            case NOT_INFERIOR -> "The pruned models are not worse by more than " + points(comparison.margin())
                    + ": both intervals of the loss end below that margin.";
            case INFERIOR -> "The pruned models are worse by more than " + points(comparison.margin()) + ".";
            case OPEN -> "The data do not decide whether the pruned models are worse by more than "
                    + points(comparison.margin()) + ": an interval contains the margin.";
        };
        var names = List.of("over seeds", "over test samples");
        var intervals = List.of(comparison.drop(), comparison.sampled());
        var bars = new ArrayList<org.espalier.io.Json.Obj>();
        for (int i = 0; i < intervals.size(); i++) {
            bars.add(Option.of("value", Option.array(100 * intervals.get(i).low(), 100 * intervals.get(i).high(), i)));
        }
        var margin = Option.of("silent", true, "symbol", "none", "precision", 9,
                "lineStyle", Option.of("color", "$third", "type", "dashed", "width", 2),
                "label", Option.of("formatter", "margin", "color", "$ink"),
                "data", Option.array(Option.of("xAxis", 100 * comparison.margin())));
        var option = Option.cartesian(
                Option.values("accuracy lost, in points", "@number").with("scale", true),
                Option.of("type", "category", "data", Option.array(names), "inverse", true),
                List.of(
                        Option.series("scatter", "mean", "$pruned", "@number", List.of(
                                Option.array(100 * comparison.drop().mean(), 0),
                                Option.array(100 * comparison.sampled().mean(), 1)))
                                .with("symbolSize", 12).with("markLine", margin),
                        Option.of("type", "custom", "name", "interval of 95 %", "renderItem", "@errorBarAcross",
                                "itemStyle", Option.of("color", "$pruned"),
                                "encode", Option.of("x", Option.array(0, 1), "y", 2),
                                "data", Option.array(bars))))
                .with("tooltip", Option.of("trigger", "item"));
        var rows = new ArrayList<List<String>>();
        rows.add(row("accuracy, dense", comparison.dense()));
        rows.add(row("accuracy, pruned", comparison.pruned()));
        rows.add(row("lost, over seeds", comparison.drop()));
        rows.add(row("lost, over test samples", comparison.sampled()));
        rows.add(List.of("p of the bootstrap", Words.number(comparison.bootstrapP()), "", ""));
        for (int i = 0; i < comparison.mcNemar().size(); i++) {
            var test = comparison.mcNemar().get(i);
            rows.add(List.of("p of McNemar's test, seed " + comparison.seeds().get(i), Words.number(test.pValue()),
                    "only dense right: " + test.onlyFirst(), "only pruned right: " + test.onlySecond()));
        }
        return Figure.chart("seeds", "Dense beside pruned over " + comparison.seeds().size() + " seeds", verdict, 220,
                option, new Figure.Table(List.of("what", "mean", "low", "high"), rows));
    }

    private static String points(double fraction) {
        return Words.number(100 * fraction) + " points";
    }

    private static List<String> row(String name, Interval interval) {
        return List.of(name, Words.percent(interval.mean()), Words.percent(interval.low()),
                Words.percent(interval.high()));
    }
}
