package org.espalier.examples.report.page;

import java.util.List;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;

/** Parts that several charts have. */
final class Charts {
    private static final List<String> COLORS = List.of("$pruned", "$third", "$fourth", "$fifth", "$sixth", "$seventh",
            "$eighth", "$dense");

    private Charts() {}

    /** How the page writes scores. */
    static String scoreFormat(RunRecord.Score score) {
        return score.fraction() ? "@score" : "@number";
    }

    /** A color for each of several series that are neither dense nor pruned. */
    static String color(int series) {
        return COLORS.get(series % COLORS.size());
    }

    /** A symbol for each of several series, so that color is not all that tells them apart. */
    static String symbol(int series) {
        return List.of("circle", "diamond", "triangle", "rect", "roundRect", "pin", "arrow", "emptyCircle")
                .get(series % 8);
    }

    /** Points with their numbers beside them: on a logarithmic axis, places can be compared and lengths of bars not. */
    static Json.Obj dots(String name, String color, String symbol, String format, List<?> data) {
        return Option.series("scatter", name, color, format, data)
                .with("symbol", symbol)
                .with("symbolSize", 13)
                .with("label", Option.of("show", true, "position", "right", "formatter", format + "Label", "color",
                        "$ink"))
                .with("labelLayout", Option.of("hideOverlap", true));
    }

    /** A dashed horizontal line with a name. */
    static Json.Obj level(String name, double value) {
        return Option.of(
                "silent", true,
                "symbol", "none",
                "precision", 9,
                "lineStyle", Option.of("color", "$dense", "type", "dashed", "width", 2),
                "label", Option.of("formatter", name, "position", "insideEndTop", "color", "$ink"),
                "data", Option.array(Option.of("yAxis", value)));
    }

    /** Vertical bars from low to high, of data [x, low, high]. */
    static Json.Obj errorBars(String name, List<? extends Json> data) {
        return Option.of(
                "type", "custom",
                "name", name,
                "renderItem", "@errorBar",
                "itemStyle", Option.of("color", "$pruned"),
                "encode", Option.of("x", 0, "y", Option.array(1, 2)),
                "data", Option.array(data),
                "z", 5);
    }
}
