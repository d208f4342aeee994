package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;

/** The values of the weights before pruning and after, layer by layer, one below the other. */
final class HistogramFigure {
    private static final int HEIGHT = 190;

    private HistogramFigure() {}

    static Optional<Figure> of(RunRecord run) {
        var layers = run.dense().layers().stream().filter(layer -> after(run, layer).isPresent()).toList();
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        var grids = new ArrayList<Json>();
        var titles = new ArrayList<Json>();
        var xAxes = new ArrayList<Json>();
        var yAxes = new ArrayList<Json>();
        var series = new ArrayList<Json>();
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < layers.size(); i++) {
            var before = layers.get(i).histogram();
            var after = after(run, layers.get(i)).orElseThrow().histogram();
            int top = 40 + i * HEIGHT;
            titles.add(Option.of("text", layers.get(i).name(), "top", top, "left", 8,
                    "textStyle", Option.of("fontSize", 13, "color", "$ink")));
            grids.add(Option.of("left", 64, "right", 24, "top", top + 30, "height", HEIGHT - 80));
            var middles = middles(before);
            xAxes.add(Option.of("type", "category", "gridIndex", i, "data", Option.array(middles),
                    "axisLabel", Option.of("hideOverlap", true), "axisTick", Option.of("show", false)));
            yAxes.add(Option.of("type", "log", "min", 1, "gridIndex", i,
                    "axisLabel", Option.of("formatter", "@count", "hideOverlap", true)));
            series.add(bars("dense", "$dense", i, before.counts()).with("z", 1));
            series.add(bars("pruned", "$pruned", i, after.counts()).with("z", 2));
            for (int bin = 0; bin < middles.size(); bin++) {
                rows.add(List.of(layers.get(i).name(), middles.get(bin), Words.count(before.counts().get(bin)),
                        Words.count(after.counts().get(bin))));
            }
        }
        var option = Option.of("title", Option.array(titles), "grid", Option.array(grids),
                "legend", Option.of("top", 0), "xAxis", Option.array(xAxes), "yAxis", Option.array(yAxes),
                "series", Option.array(series), "tooltip", Option.of("trigger", "axis"));
        var sentence = "How many weights have which value, on a logarithmic scale. Magnitude pruning empties the "
                + "middle, around zero, and retraining moves what is left.";
        return Optional.of(Figure.chart("histogram", "Values of the weights", sentence, 40 + HEIGHT * layers.size(),
                option, new Figure.Table(List.of("layer", "value around", "dense", "pruned"), rows)));
    }

    /** A bin without weights has no bar on a logarithmic axis. */
    private static Json.Obj bars(String name, String color, int grid, List<Long> counts) {
        var data = counts.stream().map(count -> count == 0 ? (Json) new Json.Null() : new Json.Int(count)).toList();
        return Option.series("bar", name, color, "@count", data)
                .with("xAxisIndex", grid).with("yAxisIndex", grid)
                .with("barGap", "-100%").with("barCategoryGap", "8%");
    }

    private static List<String> middles(RunRecord.Histogram histogram) {
        int bins = histogram.counts().size();
        double width = (histogram.to() - histogram.from()) / bins;
        var middles = new ArrayList<String>();
        for (int i = 0; i < bins; i++) {
            middles.add(String.format(Locale.ROOT, "%.3f", histogram.from() + (i + 0.5) * width));
        }
        return middles;
    }

    private static Optional<RunRecord.LayerSummary> after(RunRecord run, RunRecord.LayerSummary layer) {
        return run.pruned().layers().stream()
                .filter(other -> other.name().equals(layer.name())
                        && other.histogram().counts().size() == layer.histogram().counts().size())
                .findFirst();
    }
}
