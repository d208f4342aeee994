package org.espalier.nn;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import org.espalier.tensor.Tensor;

/**
 * Layers one after the other. Unless named by the caller, a layer is called by its kind and number: {@code fc1},
 * {@code relu1}, {@code fc2}, …
 */
public final class Sequential implements Layer {
    private final SequencedMap<String, Layer> layers;

    private Sequential(SequencedMap<String, Layer> layers) {
        this.layers = Collections.unmodifiableSequencedMap(layers);
    }

    /** A chain of layers with names given by kind and number. */
    public static Sequential of(Layer... layers) {
        var named = new LinkedHashMap<String, Layer>();
        var counts = new HashMap<String, Integer>();
        for (var layer : layers) {
            var kind = layer instanceof Linear ? "fc" : layer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            named.put(kind + counts.merge(kind, 1, Integer::sum), layer);
        }
        return new Sequential(named);
    }

    /** A chain of layers under names of your own. */
    public static Sequential of(SequencedMap<String, Layer> layers) {
        return new Sequential(new LinkedHashMap<>(layers));
    }

    @Override
    public Tensor forward(Tensor x, Pass pass) {
        var value = x;
        for (var layer : layers.values()) {
            value = layer.forward(value, pass);
        }
        return value;
    }

    @Override
    public SequencedMap<String, Layer> children() {
        return layers;
    }

    /** For example {@code Sequential(fc1 = Linear(784 → 300), relu1 = Relu)}. */
    @Override
    public String toString() {
        var text = new java.util.StringJoiner(", ", "Sequential(", ")");
        layers.forEach((name, layer) -> text.add(name + " = " + layer));
        return text.toString();
    }
}
