package org.espalier.examples.report.page;

import java.util.Optional;
import org.espalier.examples.report.RunRecord;

/** The masks as pictures. */
final class MasksFigure {
    private MasksFigure() {}

    static Optional<Figure> of(RunRecord run) {
        var layers = run.pruned().layers().stream()
                .filter(layer -> layer.neurons() > 0 && layer.inputs() > 0).toList();
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        var sentence = "A dot is a weight that was kept, a row a neuron, a column an input; an empty row is a neuron "
                + "that was removed, an empty column an input that is no longer read.";
        var pictures = layers.stream().map(MasksFigure::picture).toList();
        var table = new Figure.Table(java.util.List.of("layer", "weights kept", "neurons kept", "inputs read"),
                layers.stream().map(layer -> java.util.List.of(layer.name(),
                        Words.count(layer.kept()) + " of " + Words.count((long) layer.inputs() * layer.neurons()),
                        Words.count(layer.neuronsKept()) + " of " + Words.count(layer.neurons()),
                        Words.count(layer.inputsKept()) + " of " + Words.count(layer.inputs()))).toList());
        return Optional.of(new Figure("masks", "Masks", sentence, new Figure.Drawing.Pictures(false, pictures),
                table));
    }

    private static Figure.Picture picture(RunRecord.LayerSummary layer) {
        double density = (double) layer.kept() / ((double) layer.inputs() * layer.neurons());
        var caption = layer.name() + ": " + Words.count(layer.inputs()) + " inputs, " + Words.count(layer.neurons())
                + " neurons, " + Words.percent(density) + " kept";
        return new Figure.Picture(caption, "Mask of " + caption,
                Png.of(layer.mask().height(), layer.mask().width(), layer.mask().shades()),
                layer.mask().width(), layer.mask().height());
    }
}
