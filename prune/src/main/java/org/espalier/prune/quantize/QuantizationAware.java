package org.espalier.prune.quantize;

import java.util.function.UnaryOperator;
import org.espalier.io.Json;
import org.espalier.nn.Architecture;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Models;
import org.espalier.nn.StateDict;

/**
 * Quantization-aware training: {@link #prepare} a copy of a trained, perhaps pruned, model, train that for a while,
 * {@link #finish} it and make a {@link QuantizedModel} of the result, which computes the same as the trained copy did.
 * Names, values and masks stay; masked weights stay zero while it trains.
 */
public final class QuantizationAware {
    private static final String LINEAR = "linear";

    private QuantizationAware() {}

    /** The standard layers and {@link QuantizedLinear}: to save and read a model in training. */
    public static LayerKinds kinds() {
        return LayerKinds.standard().with(QuantizedLinear.KIND, QuantizedLinear::build);
    }

    /**
     * A copy of a model whose linear layers round their weights.
     *
     * @throws IllegalArgumentException if it has layers other than those of {@link #kinds()}
     * @throws UnsupportedOperationException if a layer has no {@link Layer#config()}
     */
    public static Layer prepare(Layer model) {
        return withKinds(model, kind -> kind.equals(LINEAR) ? QuantizedLinear.KIND : kind);
    }

    /** A copy of a prepared model with plain linear layers, their weights not rounded. Throws as {@link #prepare}. */
    public static Layer finish(Layer model) {
        return withKinds(model, kind -> kind.equals(QuantizedLinear.KIND) ? LINEAR : kind);
    }

    private static Layer withKinds(Layer model, UnaryOperator<String> kinds) {
        var text = Architecture.of(model);
        if (!(text.members().get("layer") instanceof Json.Obj layer)) {
            throw new AssertionError("an architecture has a layer");
        }
        return Models.build(text.with("layer", renamed(layer, kinds)), kinds(), StateDict.of(model));
    }

    private static Json.Obj renamed(Json.Obj layer, UnaryOperator<String> kinds) {
        var text = layer;
        if (layer.members().get("kind") instanceof Json.Str kind) {
            text = text.with("kind", kinds.apply(kind.text()));
        }
        if (layer.members().get("children") instanceof Json.Obj children) {
            var renamed = Json.object();
            for (var child : children.members().entrySet()) {
                if (child.getValue() instanceof Json.Obj inner) {
                    renamed = renamed.with(child.getKey(), renamed(inner, kinds));
                }
            }
            text = text.with("children", renamed);
        }
        return text;
    }
}
