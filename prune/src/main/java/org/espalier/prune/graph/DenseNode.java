package org.espalier.prune.graph;

import java.util.List;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.tensor.Storage;

/** A fully connected layer: an output is constant if all its weights lead from constants. */
record DenseNode(String path, Linear layer, Span in, Span out) implements Node {
    @Override
    public List<Span> inputs() {
        return List.of(in);
    }

    @Override
    public boolean isProducer() {
        return true;
    }

    @Override
    public void constants(Facts facts) {
        float[] values = facts.run(layer, in);
        var mask = mask();
        for (int row = 0; row < out.size(); row++) {
            boolean constant = true;
            for (int column = 0; constant && column < in.size(); column++) {
                constant = facts.isConstant(in.slot(column)) || !connects(mask, row, column);
            }
            if (constant) {
                facts.setConstant(out.slot(row), values[row]);
            }
        }
    }

    @Override
    public void liveness(Facts facts) {
        var mask = mask();
        for (int row = 0; row < out.size(); row++) {
            for (int column = 0; facts.isLive(out.slot(row)) && column < in.size(); column++) {
                if (connects(mask, row, column)) {
                    facts.setLive(in.slot(column));
                }
            }
        }
    }

    /** What the removed inputs, being constant, add to output {@code row}; summed in ascending order of inputs. */
    double folded(int row, Survival survival) {
        var mask = mask();
        float[] weight = Storage.array(layer.weight().value());
        double sum = 0;
        for (int column = 0; column < in.size(); column++) {
            if (survival.removed(in.slot(column)) && connects(mask, row, column)) {
                sum += (double) weight[row * in.size() + column] * survival.facts().value(in.slot(column));
            }
        }
        return sum;
    }

    private Mask mask() {
        return layer.weight().mask().orElse(null);
    }

    private boolean connects(Mask mask, int row, int column) {
        return mask == null || mask.keeps(row * in.size() + column);
    }

    @Override
    public LayerConfig resized(Survival survival) {
        return layer.config().with("in", survival.count(in)).with("out", survival.count(out));
    }
}
