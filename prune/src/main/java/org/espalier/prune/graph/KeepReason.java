package org.espalier.prune.graph;

import org.espalier.nn.Layer;

/**
 * Why a unit has to stay although nothing depends on what it learned.
 *
 * @param kind the kind of reason
 * @param layer the layer that is the reason, by name and kind, for {@link Kind#UNKNOWN_LAYER}; else empty
 */
public record KeepReason(Kind kind, String layer) {
    /** The kinds of reasons, the strongest first. */
    public enum Kind {
        /** It is an output of the model. */
        OUTPUT("is an output of the model"),
        /** It feeds a layer that computes a mean, a variance or a sum over all its inputs; even a zero counts there. */
        NORMALIZED_TOGETHER("feeds a layer that normalizes all its inputs together"),
        /** It feeds, or comes from, a layer that does not say how its features depend on one another. */
        UNKNOWN_LAYER("touches a layer that does not say how its features depend on one another"),
        /** It is an input, and the model has no place for a selection in front that could leave it out. */
        INPUT("is an input of the model, and nothing in front can leave it out"),
        /** It is an input, and all inputs are to stay. */
        ALL_INPUTS("is an input of the model, and all of them were to stay"),
        /** Its constant would have to be added by a layer that has no bias. */
        NO_BIAS("is a constant that a layer without bias would have to add"),
        /** Its constant would be folded into a bias that is used in several places, with another value in each. */
        SHARED_BIAS("has another constant at each use of a shared bias"),
        /** It is tied, by a residual connection or a shared parameter, to a unit that is alive. */
        TIED("is tied to a unit that is alive"),
        /** It is the last of its layer, and a layer keeps at least one unit. */
        LAST_UNIT("is the last unit of its layer");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    /** {@link Kind#OUTPUT}. */
    public static final KeepReason OUTPUT = new KeepReason(Kind.OUTPUT, "");
    /** {@link Kind#NORMALIZED_TOGETHER}. */
    public static final KeepReason NORMALIZED_TOGETHER = new KeepReason(Kind.NORMALIZED_TOGETHER, "");
    /** {@link Kind#INPUT}. */
    public static final KeepReason INPUT = new KeepReason(Kind.INPUT, "");
    /** {@link Kind#ALL_INPUTS}. */
    public static final KeepReason ALL_INPUTS = new KeepReason(Kind.ALL_INPUTS, "");
    /** {@link Kind#NO_BIAS}. */
    public static final KeepReason NO_BIAS = new KeepReason(Kind.NO_BIAS, "");
    /** {@link Kind#SHARED_BIAS}. */
    public static final KeepReason SHARED_BIAS = new KeepReason(Kind.SHARED_BIAS, "");
    /** {@link Kind#TIED}. */
    public static final KeepReason TIED = new KeepReason(Kind.TIED, "");
    /** {@link Kind#LAST_UNIT}. */
    public static final KeepReason LAST_UNIT = new KeepReason(Kind.LAST_UNIT, "");

    /** {@link Kind#UNKNOWN_LAYER}, such as {@code silu1 (MySilu)}. */
    public static KeepReason unknown(String layer) {
        return new KeepReason(Kind.UNKNOWN_LAYER, layer);
    }

    /** {@link Kind#UNKNOWN_LAYER} of a layer with its full name, which is empty for the model itself. */
    public static KeepReason unknown(String path, Layer layer) {
        var kind = layer.getClass().isHidden() ? "a lambda" : layer.getClass().getSimpleName();
        return unknown((path.isEmpty() ? "the model" : path) + " (" + kind + ")");
    }

    /** The end of a sentence that begins with the unit. */
    @Override
    public String toString() {
        return layer.isEmpty()
                ? kind.text
                : "touches layer " + layer + ", which does not say how its features depend on one another";
    }
}
