package org.espalier.prune.structure;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;

/**
 * A layer in which every output depends on every input: layer norm by mean and variance, softmax by the sum. Leaving a
 * feature out would change the others even if it is always zero.
 */
record CoupledNode(String path, Layer layer, Span in, Span out) implements Node {
    @Override
    public List<Span> inputs() {
        return List.of(in);
    }

    @Override
    public void constants(Facts facts) {
        // An output is constant only if all inputs are, and then nothing could be left out anyway.
    }

    @Override
    public void liveness(Facts facts) {
        if (IntStream.range(0, out.size()).anyMatch(i -> facts.isLive(out.slot(i)))) {
            IntStream.range(0, in.size()).forEach(i -> facts.setLive(in.slot(i)));
        }
    }
}
