package org.espalier.prune.graph;

/**
 * Features that come from outside, or out of a layer whose inner working is not known, and may be left out by a
 * selection.
 *
 * @param span the features
 * @param chain the name of the layer that the selection goes into, if it is a {@code Sequential}
 * @param next the child that it has to stand before
 */
record Source(Span span, String chain, String next) {
    /** Whether these are the features of the model's input: nothing with units stands before them. */
    boolean isInput() {
        return span.start() == 0;
    }

    /** Under which name its features are listed. */
    String name() {
        return isInput() ? ShrinkResult.INPUT : ShrinkResult.INPUT + " of " + Tracer.join(chain, next);
    }
}
