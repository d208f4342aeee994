package org.espalier.prune.graph;

import java.util.List;
import org.espalier.nn.Layer;

/** Features side by side: each of the result is one of an input's, at that input's offset. */
record ConcatNode(String path, Layer layer, List<Span> inputs, Span out) implements Node {
    @Override
    public void constants(Facts facts) {
        int at = out.start();
        for (var in : inputs) {
            for (int i = 0; i < in.size(); i++) {
                facts.passConstant(in.slot(i), at++);
            }
        }
    }

    @Override
    public void liveness(Facts facts) {
        int at = out.start();
        for (var in : inputs) {
            for (int i = 0; i < in.size(); i++) {
                facts.passLive(at++, in.slot(i));
            }
        }
    }
}
