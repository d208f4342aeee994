package org.espalier.nn;

import java.util.Collections;
import java.util.SequencedMap;
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

    private final Json.Obj attributes;
    private final SequencedMap<String, Layer> children;
    private final Parameters parameters;

    Blueprint(Json.Obj attributes, SequencedMap<String, Layer> children, Parameters parameters) {
        this.attributes = attributes;
        this.children = Collections.unmodifiableSequencedMap(children);
        this.parameters = parameters;
    }

    /** The attributes of {@link Layer#config()}. */
    public Json.Obj attributes() {
        return attributes;
    }

    /** An attribute that is a size: a whole number from 0 to 2³¹ − 1. */
    public int size(String attribute) throws FormatException {
        return size(attribute, attributes.get(attribute));
    }

    /** An attribute that is an array of sizes. */
    public int[] sizes(String attribute) throws FormatException {
        var items = attributes.items(attribute);
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
        throw new FormatException("config", attribute + " has " + value.compact() + ", which is no size");
    }

    /** An attribute that is a number. */
    public float number(String attribute) throws FormatException {
        return (float) attributes.number(attribute);
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
