package org.espalier.nn;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.tensor.Shape;

/**
 * What a layer is built from: its attributes, its children, already built, and its parameters, which exist already in a
 * file or in a model being copied. So nothing is allocated for sizes that the values do not have.
 */
public final class Blueprint {
    /** Gives a layer's parameter, by name within the layer, or refuses. */
    interface Parameters {
        Parameter get(String name, boolean trainable, Shape shape) throws FormatException;
    }

    /** The attributes, or null to ask the layer of which this is a plan for its own. */
    private final Json.Obj attributes;
    private final Layer original;
    private final SequencedMap<String, Layer> children;
    private final Parameters parameters;

    private Blueprint(
            Json.Obj attributes, Layer original, SequencedMap<String, Layer> children, Parameters parameters) {
        this.attributes = attributes;
        this.original = original;
        this.children = Collections.unmodifiableSequencedMap(children);
        this.parameters = parameters;
    }

    /** The plan of a layer in a file. */
    Blueprint(Json.Obj attributes, SequencedMap<String, Layer> children, Parameters parameters) {
        this(attributes, null, children, parameters);
    }

    /** The plan of a copy of a layer. */
    Blueprint(Layer original, SequencedMap<String, Layer> children, UnaryOperator<Parameter> copy) {
        this(null, original, children, new Copies(original, copy, Map.of()));
    }

    /** The parameters of a copy, made when they are asked for, and some of its own. */
    private record Copies(Layer original, UnaryOperator<Parameter> copy, Map<String, Parameter> more)
            implements Parameters {
        @Override
        public Parameter get(String name, boolean trainable, Shape shape) throws FormatException {
            var found = more.get(name);
            for (var parameter : original.ownParameters()) {
                if (found == null && parameter.name().equals(name)) {
                    found = copy.apply(parameter);
                }
            }
            if (found == null || !found.shape().equals(shape) || found.isTrainable() != trainable) {
                throw new FormatException("copy", "there is no " + (trainable ? "parameter " : "buffer ") + name + shape
                        + " in " + original);
            }
            return found;
        }
    }

    /** Whether this is the plan of a copy without any change. */
    public boolean isUnchanged() {
        return attributes == null;
    }

    /** The attributes of {@link Layer#config()}. */
    public Json.Obj attributes() {
        return attributes == null ? original.config().attributes() : attributes;
    }

    /** This plan with the attributes of another configuration, such as one of other sizes. */
    public Blueprint with(LayerConfig config) {
        return new Blueprint(config.attributes(), original, children, parameters);
    }

    /** This plan with other children. */
    public Blueprint with(SequencedMap<String, Layer> others) {
        return new Blueprint(attributes(), original, others, parameters);
    }

    /**
     * This plan of a copy with a parameter that the original does not have, or another one in place of its own.
     *
     * @throws IllegalStateException if this is not the plan of a copy
     */
    public Blueprint with(Parameter parameter) {
        if (!(parameters instanceof Copies copies)) {
            throw new IllegalStateException("the parameters of a file are fixed");
        }
        var more = new HashMap<>(copies.more);
        more.put(parameter.name(), parameter);
        return new Blueprint(attributes(), original, children, new Copies(original, copies.copy, more));
    }

    /** An attribute that is a size: an integer from 0 to 2³¹ − 1. */
    public int size(String attribute) throws FormatException {
        return size(attribute, attributes().get(attribute));
    }

    /** An attribute that is an array of sizes. */
    public int[] sizes(String attribute) throws FormatException {
        var items = attributes().items(attribute);
        var sizes = new int[items.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = size(attribute, items.get(i));
        }
        return sizes;
    }

    private static int size(String attribute, Json value) throws FormatException {
        if (value instanceof Json.Int(long size) && size >= 0 && size <= Integer.MAX_VALUE) {
            return (int) size;
        }
        throw new FormatException("config", attribute + " has " + value.compact() + ", which is not a size");
    }

    /** An attribute that is a number. */
    public float number(String attribute) throws FormatException {
        return (float) attributes().number(attribute);
    }

    /** The children by name, in order. */
    public SequencedMap<String, Layer> children() {
        return children;
    }

    /** One child. */
    public Layer child(String name) throws FormatException {
        var child = children.get(name);
        if (child == null) {
            throw new FormatException("config", "child \"" + name + "\" is missing; it has " + children.keySet());
        }
        return child;
    }

    /**
     * The trainable parameter of this name, with its value and mask.
     *
     * @param name as in {@link Parameter#name()}
     * @param dims the shape it must have
     */
    public Parameter parameter(String name, int... dims) throws FormatException {
        return parameters.get(name, true, Shape.of(dims));
    }

    /** The untrainable parameter of this name, with its value. */
    public Parameter buffer(String name, int... dims) throws FormatException {
        return parameters.get(name, false, Shape.of(dims));
    }
}
