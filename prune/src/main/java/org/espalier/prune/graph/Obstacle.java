package org.espalier.prune.graph;

/** Why a unit has to stay although nothing depends on what it learned. */
public enum Obstacle {
    /** It is an output of the model. */
    OUTPUT("is an output of the model"),
    /** It feeds a layer that computes a mean, a variance or a sum over all its inputs; even a zero counts there. */
    NORMALIZED_TOGETHER("feeds a layer that normalizes all its inputs together"),
    /** It feeds, or comes from, a layer whose inner working is not known here. */
    UNKNOWN_LAYER("touches a layer whose structure is not known"),
    /** It is an input, and the model is not a {@code Sequential} that a selection could be put in front of. */
    INPUT("is an input of the model, and nothing in front can leave it out"),
    /** Its constant would be folded into a bias that is used in several places, with another value in each. */
    SHARED_BIAS("has another constant at each use of a shared bias"),
    /** It is tied, by a residual connection or a shared parameter, to a unit that is alive. */
    TIED("is tied to a unit that is alive"),
    /** It is the last of its layer, and a layer keeps at least one unit. */
    LAST_UNIT("is the last unit of its layer");

    private final String text;

    Obstacle(String text) {
        this.text = text;
    }

    /** The end of a sentence that begins with the unit. */
    @Override
    public String toString() {
        return text;
    }
}
