package org.espalier.prune.graph;

/** Consecutive slots: the features of one value in the model, or the indices along one axis of a parameter. */
record Span(int start, int size) {
    static final Span NONE = new Span(0, 0);

    int slot(int index) {
        return start + index;
    }
}
