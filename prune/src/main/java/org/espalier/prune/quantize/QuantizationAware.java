package org.espalier.prune.quantize;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.espalier.compressed.ActivationScale;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;

/**
 * Quantization-aware training: {@link #prepare} a copy of a trained, perhaps pruned, model, train that for a while,
 * {@link #finish} it and make a {@link QuantizedModel} of the result, which computes the same as the trained copy did;
 * or an {@link IntegerModel} of that with the scales given to {@link #prepare(Layer, int, Map)}, the same but for
 * rounding in float32. Names, values and masks stay; masked weights stay zero while it trains.
 */
public final class QuantizationAware {
    private QuantizationAware() {}

    /** The standard layers and {@link QuantizedLinear}: to save and read a model in training. */
    public static LayerKinds kinds() {
        return LayerKinds.standard().with(QuantizedLinear.KIND, QuantizedLinear::build);
    }

    /** A copy of a model whose linear layers round their weights to 8 bits. Throws as the other. */
    public static Layer prepare(Layer model) {
        return prepare(model, WeightFormat.int8(), Map.of());
    }

    /**
     * A copy of a model whose linear layers round their weights to integers of 2 to 8 bits. Throws as the other.
     */
    public static Layer prepare(Layer model, int bits, Map<String, ActivationScale> inputs) {
        return prepare(model, new WeightFormat.Integers(bits), inputs);
    }

    /**
     * A copy of a model whose linear layers round their weights, and their inputs to 8 bits where a scale is given.
     *
     * @param format the form of the weights; a codebook is computed at each step, which takes time
     * @param inputs by the layer's dotted name, as {@link InputScales} gives them
     * @throws IllegalArgumentException if a scale is for no linear layer
     * @throws UnsupportedOperationException if a layer does not say how it is copied
     */
    public static Layer prepare(Layer model, WeightFormat format, Map<String, ActivationScale> inputs) {
        var unused = new HashSet<>(inputs.keySet());
        var copy = Layers.rebuild(model, (name, layer, plan) -> {
            if (!(layer instanceof Linear linear)) {
                return layer.rebuilt(plan);
            }
            unused.remove(name);
            var input = Optional.ofNullable(inputs.get(name));
            return QuantizedLinear.build(
                    plan.with(QuantizedLinear.config(linear.weight(), linear.bias().isPresent(), format, input)));
        });
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("there are no linear layers " + unused + " to round the inputs of");
        }
        return copy;
    }

    /** A copy of a prepared model with plain linear layers, their weights not rounded. Throws as {@link #prepare}. */
    public static Layer finish(Layer model) {
        return Layers.rebuild(model, (name, layer, plan) -> layer instanceof QuantizedLinear quantized
                ? quantized.plain(plan)
                : layer.rebuilt(plan));
    }
}
