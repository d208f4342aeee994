package org.espalier.prune.quantize;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.espalier.compressed.ActivationScale;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.prune.criterion.Activations;
import org.espalier.prune.criterion.Calibration;

/** The scales of the inputs of linear layers, found by running calibration data through a model. */
public final class InputScales {
    private InputScales() {}

    /**
     * The scale of each linear layer's inputs, by the layer's dotted name. A layer that is in several places has
     * one scale for all of them, under its first name.
     *
     * @throws IllegalArgumentException if there is no data, or an activation is not finite; it names the layer
     */
    public static SequencedMap<String, ActivationScale> of(Layer model, Calibration calibration, Observer observer) {
        if (calibration.batches().isEmpty()) {
            throw new IllegalArgumentException("scales of activations need calibration data and there is none");
        }
        var places = new IdentityHashMap<Linear, List<String>>();
        var order = new ArrayList<Linear>();
        Layers.walk(model, (name, layer) -> {
            if (layer instanceof Linear linear) {
                if (!places.containsKey(linear)) {
                    order.add(linear);
                }
                places.computeIfAbsent(linear, first -> new ArrayList<>()).add(name);
            }
        });
        var seen = calibration.batches().stream()
                .map(batch -> Activations.of(model, batch.inputs()))
                .toList();
        var scales = new LinkedHashMap<String, ActivationScale>();
        for (var linear : order) {
            var names = places.get(linear);
            try {
                scales.put(names.getFirst(), observer.scale(inputs(seen, names)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("layer '" + names.getFirst() + "': " + e.getMessage(), e);
            }
        }
        return Collections.unmodifiableSequencedMap(scales);
    }

    private static float[] inputs(List<Activations> seen, List<String> names) {
        var parts = new ArrayList<float[]>();
        for (var batch : seen) {
            for (var name : names) {
                parts.add(batch.input(name).toArray());
            }
        }
        var all = new float[Math.toIntExact(parts.stream().mapToLong(part -> part.length).sum())];
        int at = 0;
        for (var part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
