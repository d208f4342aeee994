package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;
import org.espalier.prune.Sensitivity;

/** One layer at a time, pruned without retraining. */
final class SensitivityFigure {
    private SensitivityFigure() {}

    static Optional<Figure> of(RunRecord run) {
        return run.sensitivity().filter(scan -> !scan.points().isEmpty()).map(scan -> figure(run, scan));
    }

    private static Figure figure(RunRecord run, Sensitivity scan) {
        boolean several = scan.points().stream().map(Sensitivity.Point::criterion).distinct().count() > 1;
        var lines = new LinkedHashMap<String, List<Sensitivity.Point>>();
        for (var point : scan.points()) {
            lines.computeIfAbsent(point.layer() + (several ? ", " + point.criterion() : ""),
                    name -> new ArrayList<>()).add(point);
        }
        var format = Charts.scoreFormat(run.score());
        var series = new ArrayList<Json.Obj>();
        lines.forEach((name, points) -> {
            int number = series.size();
            var data = new ArrayList<Json.Arr>();
            data.add(Option.array(0.0, scan.dense()));
            points.forEach(point -> data.add(Option.array(point.sparsity(), point.value())));
            series.add(Option.series("line", name, Charts.color(number), format, data)
                    .with("symbol", Charts.symbol(number)).with("symbolSize", 8));
        });
        var worst = scan.points().stream().max((a, b) -> Double.compare(scan.drop(a), scan.drop(b))).orElseThrow();
        double same = worst.sparsity();
        var best = scan.points().stream().filter(point -> point.sparsity() == same)
                .min((a, b) -> Double.compare(scan.drop(a), scan.drop(b))).orElseThrow();
        var sentence = String.format("Pruned alone to %s, %s suffers most (%s %s) and %s least (%s).",
                Words.percent(same), worst.layer(), scan.measure(), Words.score(run.score(), worst.value()),
                best.layer(), Words.score(run.score(), best.value()));
        var option = Option.cartesian(
                Option.values("weights of the layer removed", "@percent").with("max", 1),
                Option.upright(Option.values(scan.measure(), format)).with("scale", true),
                series).with("tooltip", Option.of("trigger", "item", "formatter", "@point"));
        var rows = scan.points().stream().map(point -> List.of(point.layer(), point.criterion(),
                Words.percent(point.sparsity()), Words.score(run.score(), point.value()))).toList();
        return Figure.chart("sensitivity", "Sensitivity of the layers", sentence, 360, option,
                new Figure.Table(List.of("layer", "criterion", "removed", scan.measure()), rows));
    }
}
