package org.espalier.nn;

import java.util.IdentityHashMap;
import java.util.Map;
import org.espalier.io.Json;

/**
 * A model's architecture as text, without its values:
 *
 * <pre>
 * {"layer": {"kind": "sequential", "children": {
 *     "fc1": {"kind": "linear", "in": 784, "out": 300},
 *     "relu1": {"kind": "relu"},
 *     "again": {"same": "fc1"}}},
 *  "tied": {"decoder.weight": "encoder.weight"}}
 * </pre>
 *
 * <p>A layer that appears a second time is written as the path of the first; a parameter that another layer has too is
 * listed under {@code tied}, which is left out when empty. Equal models give equal text.
 */
public final class Architecture {
    static final String LAYER = "layer";
    static final String TIED = "tied";
    static final String KIND = "kind";
    static final String CHILDREN = "children";
    static final String SAME = "same";

    private final Map<Layer, String> layers = new IdentityHashMap<>();
    private final Map<Parameter, String> parameters = new IdentityHashMap<>();
    private Json.Obj tied = Json.object();

    private Architecture() {}

    /**
     * Describes a model.
     *
     * @throws UnsupportedOperationException if one of its layers has no {@link Layer#config()}
     */
    public static Json.Obj of(Layer model) {
        var architecture = new Architecture();
        var text = Json.object().with(LAYER, architecture.describe("", model));
        return architecture.tied.members().isEmpty() ? text : text.with(TIED, architecture.tied);
    }

    private Json.Obj describe(String path, Layer layer) {
        var first = layers.putIfAbsent(layer, path);
        // what holds no parameters is as good as another of its kind
        if (first != null && !layer.parameters().isEmpty()) {
            return Json.object().with(SAME, first);
        }
        for (var parameter : layer.ownParameters()) {
            var name = join(path, parameter.name());
            var firstName = parameters.putIfAbsent(parameter, name);
            if (firstName != null && !firstName.equals(name)) {
                tied = tied.with(name, firstName);
            }
        }
        var config = layer.config();
        var text = Json.object().with(KIND, config.kind());
        for (var attribute : config.attributes().members().entrySet()) {
            text = text.with(attribute.getKey(), attribute.getValue());
        }
        if (layer.children().isEmpty()) {
            return text;
        }
        var children = Json.object();
        for (var child : layer.children().entrySet()) {
            children = children.with(child.getKey(), describe(join(path, child.getKey()), child.getValue()));
        }
        return text.with(CHILDREN, children);
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
