package org.espalier.prune.quantize;

import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.espalier.io.Json;
import org.espalier.nn.Architecture;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Layers;
import org.espalier.nn.StateDict;

/** Copies of a model in which layers of one kind are of another. */
final class Rebuilt {
    private Rebuilt() {}

    /**
     * A copy.
     *
     * @param layers gives what is to stand in place of a layer's description, by its dotted name
     * @param entries the values and masks of the copy; read after {@code layers} has been asked
     */
    static Layer of(
            Layer model,
            BiFunction<String, Json.Obj, Json.Obj> layers,
            LayerKinds kinds,
            SequencedMap<String, StateDict.Entry> entries) {
        var text = Architecture.of(model);
        if (!(text.members().get("layer") instanceof Json.Obj layer)) {
            throw new AssertionError("an architecture has a layer");
        }
        var replaced = text.with("layer", replaced("", layer, layers));
        return Layers.build(replaced, kinds, StateDict.of(entries));
    }

    private static Json.Obj replaced(String name, Json.Obj layer, BiFunction<String, Json.Obj, Json.Obj> layers) {
        var text = layers.apply(name, layer);
        if (layer.members().get("children") instanceof Json.Obj children) {
            var all = Json.object();
            for (var child : children.members().entrySet()) {
                if (child.getValue() instanceof Json.Obj inner) {
                    var path = name.isEmpty() ? child.getKey() : name + "." + child.getKey();
                    all = all.with(child.getKey(), replaced(path, inner, layers));
                }
            }
            text = text.with("children", all);
        }
        return text;
    }

    /** Whether a layer's description is of a kind. */
    static boolean is(Json.Obj layer, String kind) {
        return layer.members().get("kind") instanceof Json.Str(String text) && text.equals(kind);
    }

    /** The description of a layer of a kind with these attributes. */
    static Json.Obj described(String kind, Json.Obj attributes) {
        var text = Json.object().with("kind", kind);
        for (var attribute : attributes.members().entrySet()) {
            text = text.with(attribute.getKey(), attribute.getValue());
        }
        return text;
    }
}
