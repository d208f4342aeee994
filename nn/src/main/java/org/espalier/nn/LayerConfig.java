package org.espalier.nn;

import org.espalier.io.Json;

/**
 * What a layer is, without its values and its children: enough to build it again with {@link LayerKinds}.
 *
 * @param kind the kind's name in model files, such as {@code linear}
 * @param attributes sizes and settings by name
 */
public record LayerConfig(String kind, Json.Obj attributes) {
    /** A kind without attributes. */
    public static LayerConfig of(String kind) {
        return new LayerConfig(kind, Json.object());
    }

    /** This with an integer, such as a size. */
    public LayerConfig with(String name, int value) {
        return new LayerConfig(kind, attributes.with(name, value));
    }

    /** This with a choice. */
    public LayerConfig with(String name, boolean value) {
        return new LayerConfig(kind, attributes.with(name, value));
    }

    /** This with several integers, such as indices. */
    public LayerConfig with(String name, int... values) {
        return new LayerConfig(kind, attributes.with(name, Json.array(values)));
    }

    /** This with a finite setting, written with the digits of the float: 0.1, not 0.10000000149011612. */
    public LayerConfig with(String name, float value) {
        double shortest = Double.parseDouble(Float.toString(value));
        return new LayerConfig(kind, attributes.with(name, (float) shortest == value ? shortest : value));
    }

    // Written out for the reason given in Json: models compare their layers' as they are loaded.
    @Override
    public boolean equals(Object other) {
        return other instanceof LayerConfig same && kind.equals(same.kind) && attributes.equals(same.attributes);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + attributes.hashCode();
    }
}
