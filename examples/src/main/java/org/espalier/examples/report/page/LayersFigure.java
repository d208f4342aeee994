package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;
import org.espalier.prune.pipeline.LayerReport;

/** Weights, bytes and operations of each layer, before and after. */
final class LayersFigure {
    private LayersFigure() {}

    static Optional<Figure> of(RunRecord run) {
        var before = run.pruning().layersBefore();
        var after = run.pruning().layers();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        var names = before.stream().map(LayerReport::layer).toList();
        var kept = new ArrayList<Long>();
        var rows = new ArrayList<List<String>>();
        for (var layer : before) {
            var now = named(after, layer.layer());
            kept.add(now.bytes());
            rows.add(row(layer, now));
        }
        var totalBefore = LayerReport.total(before);
        var totalAfter = LayerReport.total(after);
        rows.add(row(totalBefore, totalAfter));
        var sentence = String.format("In the smaller of dense, compressed rows and bitmap, float32, the layers take %s "
                + "instead of %s, and a row of input %s floating-point operations instead of %s.",
                Words.bytes(totalAfter.bytes()), Words.bytes(totalBefore.bytes()), Words.count(totalAfter.flops()),
                Words.count(totalBefore.flops()));
        var option = Option.cartesian(
                Option.names("", names),
                Option.upright(Option.logarithmic("bytes (logarithmic)", "@bytes")),
                List.of(
                        Charts.dots("dense", "$dense", "rect", "@bytes",
                                before.stream().map(LayerReport::bytes).toList()),
                        Charts.dots("pruned", "$pruned", "circle", "@bytes", kept)))
                .with("tooltip", Option.of("trigger", "axis"));
        return Optional.of(Figure.chart("layers", "Layer by layer", sentence, 320, option, new Figure.Table(
                List.of("layer", "weights", "kept", "kept, in %", "bytes before", "bytes after", "FLOPs before",
                        "FLOPs after"),
                rows)));
    }

    private static LayerReport named(List<LayerReport> layers, String name) {
        return layers.stream().filter(layer -> layer.layer().equals(name)).findFirst()
                .orElse(new LayerReport(name, 0, 0, 0, 0));
    }

    private static List<String> row(LayerReport before, LayerReport after) {
        return List.of(before.layer(), Words.count(before.weights()), Words.count(after.kept()),
                Words.percent(before.weights() == 0 ? 1 : (double) after.kept() / before.weights()),
                Words.count(before.bytes()), Words.count(after.bytes()), Words.count(before.flops()),
                Words.count(after.flops()));
    }
}
