package org.espalier.examples.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;

/** Where the weights that are left sit: a tile for each neuron, as large as it has weights. */
final class NeuronsFigure {
    /** Neurons of a layer beyond which several share a tile. */
    private static final int MOST = 400;

    private NeuronsFigure() {}

    static Optional<Figure> of(RunRecord run) {
        var layers = run.pruned().layers();
        if (layers.isEmpty() || run.pruned().kept() == 0) {
            return Optional.empty();
        }
        var tiles = new ArrayList<Json>();
        var rows = new ArrayList<List<String>>();
        RunRecord.LayerSummary largest = layers.getFirst();
        for (int i = 0; i < layers.size(); i++) {
            var layer = layers.get(i);
            largest = layer.kept() > largest.kept() ? layer : largest;
            tiles.add(Option.of("name", layer.name(), "itemStyle", Option.of("color", Charts.color(i)),
                    "children", Option.array(neurons(layer))));
            rows.add(row(layer));
        }
        var sentence = String.format("%s of the weights left are in %s, spread over %s of its %s neurons; a tile is a "
                + "neuron, its size the weights it keeps.",
                Words.percent((double) largest.kept()
                        / layers.stream().mapToLong(RunRecord.LayerSummary::kept).sum()),
                largest.name(), Words.count(largest.neuronsKept()), Words.count(largest.neurons()));
        var option = Option.of(
                "tooltip", Option.of("formatter", "@tile"),
                "series", Option.array(Option.of("type", "treemap", "name", "network", "roam", false, "nodeClick",
                        false, "breadcrumb", Option.of("show", false), "left", 0, "right", 0, "top", 0, "bottom", 0,
                        "data", Option.array(tiles),
                        "label", Option.of("show", false),
                        "upperLabel", Option.of("show", true, "height", 22, "color", "$ink"),
                        "levels", Option.array(
                                Option.of("itemStyle", Option.of("gapWidth", 4, "borderWidth", 0, "borderColor",
                                        "$paper"), "upperLabel", Option.of("show", false)),
                                Option.of("itemStyle", Option.of("gapWidth", 1, "borderWidth", 2, "borderColor",
                                        "$soft")),
                                Option.of("colorAlpha", Option.array(0.55, 1.0))))));
        return Optional.of(Figure.chart("neurons", "Where the remaining weights sit", sentence, 380, option,
                new Figure.Table(List.of("layer", "neurons with a weight", "weights left", "fewest in a neuron",
                        "median", "most"), rows)));
    }

    private static List<Json.Obj> neurons(RunRecord.LayerSummary layer) {
        int share = Math.ceilDiv(layer.neurons(), MOST);
        var tiles = new ArrayList<Json.Obj>();
        for (int from = 0; from < layer.neurons(); from += share) {
            int to = Math.min(from + share, layer.neurons());
            int kept = layer.keptByNeuron().subList(from, to).stream().mapToInt(count -> count).sum();
            if (kept > 0) {
                tiles.add(Option.of("name", share == 1 ? "neuron " + from : "neurons " + from + " to " + (to - 1),
                        "value", kept));
            }
        }
        return tiles;
    }

    private static List<String> row(RunRecord.LayerSummary layer) {
        var sorted = layer.keptByNeuron().stream().filter(count -> count > 0).sorted().toList();
        return List.of(layer.name(), Words.count(layer.neuronsKept()) + " of " + Words.count(layer.neurons()),
                Words.count(layer.kept()),
                sorted.isEmpty() ? Words.NONE : Words.count(sorted.getFirst()),
                sorted.isEmpty() ? Words.NONE : Words.count(sorted.get((sorted.size() - 1) / 2)),
                sorted.isEmpty() ? Words.NONE : Words.count(sorted.getLast()));
    }
}
