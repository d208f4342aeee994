package org.espalier.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.StringJoiner;

/**
 * Layers one after the other. Unless named by the caller, a layer is called by {@link Layer#shortName} and number:
 * {@code fc1}, {@code relu1}, {@code fc2}, …
 *
 * {@snippet :
 * import org.espalier.tensor.*;
 * var model = Sequential.of(Linear.of(784, 300), Activation.relu(), Dropout.of(0.1f), Linear.of(300, 10));
 * model.initialize(Init.heNormal(), 42); // another start than that of the factories
 * Tensor logits = model.forward(Tensor.zeros(Shape.of(32, 784))); // [32, 10]
 * Parameter weight = model.parameters().get("fc1.weight"); // [300, 784]
 * }
 */
public final class Sequential implements Container {
    private final SequencedMap<String, Layer> layers;
    private final List<Part> parts;

    private Sequential(SequencedMap<String, Layer> layers) {
        this.layers = checkedNames(layers);
        this.parts = new ArrayList<>();
        for (var layer : this.layers.entrySet()) {
            parts.add(Part.of(layer.getKey(), layer.getValue(), parts.size()));
        }
    }

    private static Sequential placed(SequencedMap<String, Layer> layers) {
        var chain = new Sequential(layers);
        Layers.place(chain);
        return chain;
    }

    /** A chain of layers with names given by kind and number. */
    public static Sequential of(Layer... layers) {
        var named = new LinkedHashMap<String, Layer>();
        var counts = new HashMap<String, Integer>();
        for (var layer : layers) {
            var kind = layer.shortName();
            named.put(kind + counts.merge(kind, 1, Integer::sum), layer);
        }
        return placed(named);
    }

    /**
     * A chain of layers with names; throws {@link IllegalArgumentException} if one is empty or has a dot.
     */
    public static Sequential of(SequencedMap<String, Layer> layers) {
        return placed(layers);
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
    public List<Part> parts() {
        return Collections.unmodifiableList(parts);
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
