package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;
import org.espalier.examples.report.StageUnits;
import org.espalier.io.Json;

/** The hierarchy: what each stage left of the network, of every layer, of its inputs, neurons and weights. */
final class KeptFigure {
    private KeptFigure() {}

    static Optional<Figure> of(RunRecord run) {
        var stages = run.stages().stream().filter(stage -> !stage.layers().isEmpty()).toList();
        if (stages.size() < 2) {
            return Optional.empty();
        }
        var first = stages.getFirst().layers();
        var names = new ArrayList<String>();
        names.add("network");
        first.forEach(layer -> names.add(layer.layer()));
        var data = new ArrayList<Json>();
        var rows = new ArrayList<List<String>>();
        for (int x = 0; x < stages.size(); x++) {
            var layers = stages.get(x).layers();
            for (int y = 0; y < names.size(); y++) {
                var now = y == 0 ? total(layers) : named(layers, names.get(y));
                var before = y == 0 ? total(first) : first.get(y - 1);
                double kept = before.weights() == 0 ? 1 : (double) now.weights() / before.weights();
                data.add(Option.of("value", Option.array(x, y, kept), "name",
                        Words.percent(kept) + "\n" + Words.count(now.neurons()) + " neurons"));
                rows.add(List.of(stages.get(x).name(), names.get(y), of(now.inputs(), before.inputs()),
                        of(now.neurons(), before.neurons()), of(now.weights(), before.weights()),
                        Words.percent(kept)));
            }
        }
        var last = stages.getLast().layers();
        var all = total(last);
        var sentence = String.format("Of the network, %s weights of %s are left, in %s neurons of %s.",
                Words.count(all.weights()), Words.count(total(first).weights()), Words.count(all.neurons()),
                Words.count(total(first).neurons()));
        var option = Option.of(
                "grid", Option.of("left", 8, "right", 16, "top", 8, "bottom", 12, "containLabel", true),
                "tooltip", Option.of("trigger", "item", "formatter", "@name"),
                "xAxis", Option.names("", stages.stream().map(StageUnits.Stage::name).toList()),
                "yAxis", Option.of("type", "category", "inverse", true, "data", Option.array(names)),
                "visualMap", Option.of("show", false, "min", 0, "max", 1, "dimension", 2,
                        "inRange", Option.of("color", Option.array("$paper", "$soft"))),
                "series", Option.array(Option.of("type", "heatmap", "name", "weights kept", "data", Option.array(data),
                        "label", Option.of("show", true, "formatter", "{b}", "color", "$ink", "lineHeight", 17),
                        "itemStyle", Option.of("borderColor", "$line", "borderWidth", 1))));
        return Optional.of(Figure.chart("kept", "What each stage kept: network, layers, neurons, weights", sentence,
                Math.max(200, 60 + 56 * names.size()), option, new Figure.Table(
                        List.of("after", "layer", "inputs", "neurons", "weights", "weights kept"), rows)));
    }

    private static String of(long now, long before) {
        return Words.count(now) + " of " + Words.count(before);
    }

    private static StageUnits.Kept named(List<StageUnits.Kept> layers, String name) {
        return layers.stream().filter(layer -> layer.layer().equals(name)).findFirst()
                .orElse(new StageUnits.Kept(name, 0, 0, 0));
    }

    private static StageUnits.Kept total(List<StageUnits.Kept> layers) {
        int neurons = layers.stream().mapToInt(StageUnits.Kept::neurons).sum();
        long weights = layers.stream().mapToLong(StageUnits.Kept::weights).sum();
        return new StageUnits.Kept("network", layers.isEmpty() ? 0 : layers.getFirst().inputs(), neurons, weights);
    }
}
