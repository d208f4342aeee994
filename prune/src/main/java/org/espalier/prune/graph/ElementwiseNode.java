package org.espalier.prune.graph;

import java.util.List;
import org.espalier.nn.Layer;

/** A layer that treats every feature alone and alike, without parameters: activations, dropout. */
record ElementwiseNode(String path, Layer layer, Span in, Span out) implements Node {
    @Override
    public List<Span> inputs() {
        return List.of(in);
    }

    @Override
    public void constants(Facts facts) {
        float[] values = facts.run(layer, in);
        for (int i = 0; i < out.size(); i++) {
            if (facts.isConstant(in.slot(i))) {
                facts.setConstant(out.slot(i), values[i]);
            }
        }
    }

    @Override
    public void liveness(Facts facts) {
        for (int i = 0; i < out.size(); i++) {
            facts.passLive(out.slot(i), in.slot(i));
        }
    }
}
