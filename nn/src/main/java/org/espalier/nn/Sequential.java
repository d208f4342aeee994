package org.espalier.nn;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.StringJoiner;
import org.espalier.tensor.Tensor;

/**
 * Layers one after the other. Unless named by the caller, a layer is called by its kind and number: {@code fc1},
 * {@code relu1}, {@code fc2}, … ({@code fc} is a {@link Linear}, {@code bn} a {@link BatchNorm1d}, {@code ln} a
 * {@link LayerNorm}).
 */
public final class Sequential implements Layer {
    private final SequencedMap<String, Layer> layers;

    private Sequential(SequencedMap<String, Layer> layers) {
        this.layers = checkedNames(layers);
    }

    /** A chain of layers with names given by kind and number. */
    public static Sequential of(Layer... layers) {
        var named = new LinkedHashMap<String, Layer>();
        var counts = new HashMap<String, Integer>();
        for (var layer : layers) {
            var kind = shortName(layer);
            named.put(kind + counts.merge(kind, 1, Integer::sum), layer);
        }
        return new Sequential(named);
    }

    /**
     * A chain of layers under names of your own; throws {@link IllegalArgumentException} if one is empty or has a dot.
     */
    public static Sequential of(SequencedMap<String, Layer> layers) {
        return new Sequential(layers);
    }

    private static String shortName(Layer layer) {
        return switch (layer) {
            case Linear linear -> "fc";
            case BatchNorm1d norm -> "bn";
            case LayerNorm norm -> "ln";
            case FeatureSelect select -> "select";
            default -> layer.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        };
    }

    /** A copy of children whose names can be joined by dots and taken apart again. */
    static SequencedMap<String, Layer> checkedNames(SequencedMap<String, Layer> children) {
        for (var name : children.keySet()) {
            if (name.isEmpty() || name.contains(".")) {
                throw new IllegalArgumentException("a layer's name must be a word without dots: \"" + name + "\"");
            }
        }
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(children));
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        var value = x;
        for (var layer : layers.values()) {
            value = layer.forward(value, mode);
        }
        return value;
    }

    @Override
    public SequencedMap<String, Layer> children() {
        return layers;
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("sequential");
    }

    static Sequential build(Blueprint plan) {
        return new Sequential(plan.children());
    }

    /** For example {@code Sequential(fc1 = Linear(784 → 300), relu1 = Relu)}. */
    @Override
    public String toString() {
        var text = new StringJoiner(", ", "Sequential(", ")");
        layers.forEach((name, layer) -> text.add(name + " = " + layer));
        return text.toString();
    }
}
