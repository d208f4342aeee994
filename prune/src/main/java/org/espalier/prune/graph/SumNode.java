package org.espalier.prune.graph;

import java.util.List;
import org.espalier.nn.Layer;

/** The sum of a residual connection. The features of both sides are tied: a coordinate goes from both or from none. */
record SumNode(String path, Layer layer, Span skip, Span change, Span out) implements Node {
    @Override
    public List<Span> inputs() {
        return List.of(skip, change);
    }

    @Override
    public void constants(Facts facts) {
        for (int i = 0; i < out.size(); i++) {
            if (facts.isConstant(skip.slot(i)) && facts.isConstant(change.slot(i))) {
                facts.setConstant(out.slot(i), facts.value(skip.slot(i)) + facts.value(change.slot(i)));
            }
        }
    }

    @Override
    public void liveness(Facts facts) {
        for (int i = 0; i < out.size(); i++) {
            facts.passLive(out.slot(i), skip.slot(i));
            facts.passLive(out.slot(i), change.slot(i));
        }
    }
}
