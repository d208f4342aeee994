package org.espalier.prune.graph;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;

/** A layer whose inner working is not known here: it reads all its inputs, and what it writes is anything. */
record OpaqueNode(String path, Layer layer, Span in) implements Node {
    @Override
    public List<Span> inputs() {
        return List.of(in);
    }

    @Override
    public Span out() {
        return Span.NONE;
    }

    @Override
    public void constants(Facts facts) {
        // Nothing is known of what it writes.
    }

    @Override
    public void liveness(Facts facts) {
        IntStream.range(0, in.size()).forEach(i -> facts.setLive(in.slot(i)));
    }
}
