package org.espalier.prune.graph;

import java.util.stream.IntStream;

/** Consecutive slots: the features of one value in the model, or the indices along one axis of a parameter. */
record Span(int start, int size) {
    static final Span NONE = new Span(0, 0);

    int slot(int index) {
        return start + index;
    }

    /** All slots, ascending. */
    IntStream slots() {
        return IntStream.range(start, start + size);
    }

    /** {@code size} slots from an index on. */
    Span part(int from, int count) {
        return new Span(start + from, count);
    }
}
