package org.espalier.prune.quantize;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.espalier.compressed.ActivationScale;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.StateDict;

/**
 * Quantization-aware training: {@link #prepare} a copy of a trained, perhaps pruned, model, train that for a while,
 * {@link #finish} it and make a {@link QuantizedModel} of the result, which computes the same as the trained copy did;
 * or an {@link IntegerModel} of that with the scales given to {@link #prepare(Layer, int, Map)}, the same but for
 * rounding in float32. Names, values and masks stay; masked weights stay zero while it trains.
 */
public final class QuantizationAware {
    private static final String LINEAR = "linear";

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
     * A copy of a model whose linear layers round their weights to whole numbers of 2 to 8 bits. Throws as the other.
     */
    public static Layer prepare(Layer model, int bits, Map<String, ActivationScale> inputs) {
        return prepare(model, new WeightFormat.Integers(bits), inputs);
    }

    /**
     * A copy of a model whose linear layers round their weights, and their inputs to 8 bits where a scale is given.
     *
     * @param format the form of the weights; a codebook is found anew at each step, which takes time
     * @param inputs by the layer's dotted name, as {@link InputScales} gives them
     * @throws IllegalArgumentException if it has layers other than those of {@link #kinds()}, or a scale is for none
     * @throws UnsupportedOperationException if a layer has no {@link Layer#config()}
     */
    public static Layer prepare(Layer model, WeightFormat format, Map<String, ActivationScale> inputs) {
        var unused = new HashSet<>(inputs.keySet());
        var copy = rebuilt(model, (name, layer) -> {
            if (!Rebuilt.is(layer, LINEAR)) {
                return layer;
            }
            unused.remove(name);
            var input = Optional.ofNullable(inputs.get(name));
            return described(QuantizedLinear.config(size(layer, "in"), size(layer, "out"), format, input));
        });
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("there are no linear layers " + unused + " to round the inputs of");
        }
        return copy;
    }

    /** A copy of a prepared model with plain linear layers, their weights not rounded. Throws as {@link #prepare}. */
    public static Layer finish(Layer model) {
        return rebuilt(model, (name, layer) -> Rebuilt.is(layer, QuantizedLinear.KIND)
                ? described(LayerConfig.of(LINEAR).with("in", size(layer, "in")).with("out", size(layer, "out")))
                : layer);
    }

    private static Layer rebuilt(Layer model, BiFunction<String, Json.Obj, Json.Obj> layers) {
        return Rebuilt.of(model, layers, kinds(), StateDict.of(model).entries());
    }

    private static Json.Obj described(LayerConfig config) {
        return Rebuilt.described(config.kind(), config.attributes());
    }

    private static int size(Json.Obj layer, String attribute) {
        return layer.members().get(attribute) instanceof Json.Int(long size) ? (int) size : -1;
    }
}
