package org.espalier.prune.graph;

import java.util.Arrays;
import java.util.List;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.LayerConfig;

/** A choice of features. What it writes can go while what it reads stays, so the two are not tied. */
record SelectNode(String path, FeatureSelect layer, int[] indices, Span in, Span out) implements Node {
    @Override
    public List<Span> inputs() {
        return List.of(in);
    }

    /** The slot that output {@code i} is read from. */
    int source(int i) {
        return in.slot(indices[i]);
    }

    @Override
    public void constants(Facts facts) {
        for (int i = 0; i < out.size(); i++) {
            facts.passConstant(source(i), out.slot(i));
        }
    }

    @Override
    public void liveness(Facts facts) {
        for (int i = 0; i < out.size(); i++) {
            facts.passLive(out.slot(i), source(i));
        }
    }

    @Override
    public LayerConfig resized(Survival survival) {
        int[] places = survival.places(in);
        int[] chosen = Arrays.stream(survival.kept(out)).map(i -> places[indices[i]]).toArray();
        return FeatureSelect.of(survival.count(in), chosen).config();
    }
}
