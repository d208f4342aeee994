package org.espalier.prune.graph;

import java.util.List;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.LayerConfig;

/**
 * A norm of each feature over the batch. In inference it is a line through fixed statistics, so a constant stays one; a
 * feature whose scale is masked is its shift, whatever comes in, in training too.
 */
record BatchNormNode(String path, BatchNorm1d layer, Span in, Span out) implements Node {
    @Override
    public List<Span> inputs() {
        return List.of(in);
    }

    @Override
    public void constants(Facts facts) {
        float[] values = facts.run(layer, in);
        for (int i = 0; i < out.size(); i++) {
            if (facts.isConstant(in.slot(i)) || !scales(i)) {
                facts.setConstant(out.slot(i), values[i]);
            }
        }
    }

    @Override
    public void liveness(Facts facts) {
        for (int i = 0; i < out.size(); i++) {
            if (scales(i)) {
                facts.passLive(out.slot(i), in.slot(i));
            }
        }
    }

    private boolean scales(int feature) {
        return layer.weight().mask().map(mask -> mask.keeps(feature)).orElse(true);
    }

    @Override
    public LayerConfig resized(Survival survival) {
        return layer.config().with("features", survival.count(out));
    }
}
