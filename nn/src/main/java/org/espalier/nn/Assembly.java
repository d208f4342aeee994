package org.espalier.nn;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.tensor.Shape;

/**
 * Builds a model from the text of {@link Architecture}, children before parents. The text may be hostile: only kinds of
 * the table are built, parameters come from values that exist already, and in the end the model must describe itself by
 * exactly the text it was built from.
 */
final class Assembly {
    private final String source;
    private final LayerKinds kinds;
    private final Layers.Values values;
    private final Json.Obj tied;
    private final Map<String, Layer> layers = new HashMap<>();
    private final Map<String, Parameter> parameters = new HashMap<>();

    private Assembly(String source, LayerKinds kinds, Layers.Values values, Json.Obj tied) {
        this.source = source;
        this.kinds = kinds;
        this.values = values;
        this.tied = tied;
    }

    static Layer build(String source, Json.Obj text, LayerKinds kinds, Layers.Values values) throws FormatException {
        try {
            var tied = text.has(Architecture.TIED) ? text.object(Architecture.TIED) : Json.object();
            var model = new Assembly(source, kinds, values, tied).layer("", text.object(Architecture.LAYER));
            if (Architecture.of(model).equals(text)) {
                return model;
            }
        } catch (FormatException e) {
            throw at(source, "the architecture", e);
        }
        throw new FormatException(source, "the architecture has parts that no layer accounts for");
    }

    private Layer layer(String path, Json.Obj text) throws FormatException {
        try {
            var layer = text.has(Architecture.SAME) ? earlier(text) : built(path, text);
            layers.put(path, layer);
            return layer;
        } catch (FormatException | IllegalArgumentException e) {
            throw at(source, path.isEmpty() ? "the model" : "layer " + path, e);
        }
    }

    /** The problem with its place, unless it is one that has its place already. */
    private static FormatException at(String source, String place, Exception problem) {
        return problem instanceof FormatException known && known.source().equals(source)
                ? known
                : new FormatException(source, FormatException.NO_OFFSET, place + ": " + problem.getMessage(), problem);
    }

    private Layer earlier(Json.Obj text) throws FormatException {
        var first = layers.get(text.string(Architecture.SAME));
        if (first == null) {
            throw new FormatException("config", "is to be the same as one that is not before it");
        }
        return first;
    }

    private Layer built(String path, Json.Obj text) throws FormatException {
        var children = children(path, text);
        var attributes = new LinkedHashMap<>(text.members());
        attributes.remove(Architecture.KIND);
        attributes.remove(Architecture.CHILDREN);
        var config = new LayerConfig(text.string(Architecture.KIND), new Json.Obj(attributes));
        var layer = kinds.build(config.kind(), new Blueprint(config.attributes(), children, new Own(path)));
        if (!layer.config().equals(config) || !has(layer, children)) {
            throw new FormatException("config", "the kind " + config.kind() + " has no such attributes or children");
        }
        return layer;
    }

    /** Whether a layer has just these children; as layers, not by what they equal. */
    private static boolean has(Layer layer, SequencedMap<String, Layer> children) {
        boolean same = layer.children().size() == children.size();
        for (var child : layer.children().entrySet()) {
            same &= children.get(child.getKey()) == child.getValue();
        }
        return same;
    }

    private SequencedMap<String, Layer> children(String path, Json.Obj text) throws FormatException {
        var children = new LinkedHashMap<String, Layer>();
        if (text.has(Architecture.CHILDREN)) {
            var all = text.object(Architecture.CHILDREN);
            for (var name : all.members().keySet()) {
                children.put(name, layer(Architecture.join(path, name), all.object(name)));
            }
        }
        return children;
    }

    /** The parameters of the layer at a path. */
    private final class Own implements Blueprint.Parameters {
        private final String path;

        Own(String path) {
            this.path = path;
        }

        @Override
        public Parameter get(String name, boolean trainable, Shape shape) throws FormatException {
            return parameter(path, name, trainable, shape);
        }
    }

    private Parameter parameter(String path, String name, boolean trainable, Shape shape) throws FormatException {
        var fullName = Architecture.join(path, name);
        if (tied.has(fullName)) {
            var first = parameters.get(tied.string(fullName));
            if (first == null || !first.shape().equals(shape) || first.isTrainable() != trainable) {
                throw new FormatException(source, fullName + " is tied to no parameter " + shape + " before it");
            }
            return first;
        }
        var entry = values.get(fullName, shape);
        var parameter = trainable ? Parameter.of(name, entry.value()) : Parameter.buffer(name, entry.value());
        if (entry.mask().isPresent()) {
            parameter.assignMask(entry.mask().get());
        }
        parameters.put(fullName, parameter);
        return parameter;
    }
}
