package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;

/** ROC and precision-recall curves of a yes-or-no question. */
final class CurvesFigure {
    private static final int TABLE_ROWS = 21;

    private CurvesFigure() {}

    static Optional<Figure> roc(RunRecord run) {
        return figure(run, "roc", "ROC curve", "area under the ROC curve", RunRecord.Curve::rocAuc,
                "false positives", "recall", point -> Option.array(point.falsePositives(), point.recall()));
    }

    static Optional<Figure> precision(RunRecord run) {
        return figure(run, "precision", "Precision against recall", "average precision",
                RunRecord.Curve::averagePrecision, "recall", "precision",
                point -> Option.array(point.recall(), point.precision()));
    }

    private static Optional<Figure> figure(RunRecord run, String id, String title, String area,
            ToDoubleFunction<RunRecord.Curve> value, String x, String y,
            Function<RunRecord.CurvePoint, Json.Arr> place) {
        if (run.curves().isEmpty()) {
            return Optional.empty();
        }
        var series = new ArrayList<Json.Obj>();
        var rows = new ArrayList<List<String>>();
        for (var curve : run.curves()) {
            boolean dense = curve.model().equals("dense");
            series.add(Option.series("line", curve.model(), dense ? "$dense" : "$pruned", "@percent",
                    curve.points().stream().map(place).toList())
                    .with("showSymbol", false)
                    .with("lineStyle", Option.of("color", dense ? "$dense" : "$pruned", "width", 2, "type",
                            dense ? "dashed" : "solid")));
            int points = curve.points().size();
            for (int i = 0; i < Math.min(TABLE_ROWS, points); i++) {
                var point = curve.points().get(points <= TABLE_ROWS ? i : i * (points - 1) / (TABLE_ROWS - 1));
                rows.add(List.of(curve.model(), Words.percent(point.falsePositives()), Words.percent(point.recall()),
                        Words.percent(point.precision())));
            }
        }
        var sentence = "The " + area + " is " + String.join(" and ", run.curves().stream()
                .map(curve -> String.format(java.util.Locale.ROOT, "%.3f for the %s model", value.applyAsDouble(curve),
                        curve.model()))
                .toList()) + "; “" + run.data().classes().getLast() + "” is the positive class.";
        var option = Option.cartesian(
                Option.values(x, "@percent").with("max", 1),
                Option.upright(Option.values(y, "@percent")).with("max", 1),
                series).with("tooltip", Option.of("trigger", "axis"));
        return Optional.of(Figure.chart(id, title, sentence, 340, option,
                new Figure.Table(List.of("model", "false positives", "recall", "precision"), rows)));
    }
}
