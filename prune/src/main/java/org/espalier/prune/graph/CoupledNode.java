package org.espalier.prune.graph;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;

/**
 * A layer in which every output depends on every input: layer norm by mean and variance, softmax by the sum. Leaving a
 * feature out would change the others even if it is always zero. A feature whose scale is masked is its shift.
 */
record CoupledNode(String path, Layer layer, Span in, Span out) implements Node {
    @Override
    public List<Span> inputs() {
        return List.of(in);
    }

    @Override
    public void constants(Facts facts) {
        if (layer instanceof LayerNorm norm && norm.weight().mask().isPresent()) {
            var mask = norm.weight().mask().get();
            IntStream.range(0, out.size())
                    .filter(i -> !mask.keeps(i))
                    .forEach(i -> facts.setConstant(out.slot(i), norm.bias().value().get(i)));
        }
    }

    @Override
    public void liveness(Facts facts) {
        if (IntStream.range(0, out.size()).anyMatch(i -> facts.isLive(out.slot(i)) && !facts.isConstant(out.slot(i)))) {
            IntStream.range(0, in.size()).forEach(i -> facts.setLive(in.slot(i)));
        }
    }
}
