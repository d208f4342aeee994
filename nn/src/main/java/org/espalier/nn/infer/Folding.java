package org.espalier.nn.infer;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.Flatten;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Storage;

/**
 * Leaves out of a model what inference does not need: dropout, flattening (rows are rows), and a batch norm right
 * after a linear layer, which becomes part of the layer: with s = weight / √(variance + ε) per neuron, W ← s·W and b
 * ← s·(b − mean) + bias, computed in double precision. Masks stay. Values change by a rounding of each weight.
 */
final class Folding {
    private Folding() {}

    static Layer fold(Layer layer) {
        if (layer instanceof Sequential chain) {
            return Sequential.of(folded(chain.children()));
        }
        if (layer instanceof Residual residual) {
            return Residual.of(fold(residual.body()));
        }
        if (layer instanceof Concat concat) {
            var branches = new LinkedHashMap<String, Layer>();
            for (var branch : concat.children().entrySet()) {
                branches.put(branch.getKey(), fold(branch.getValue()));
            }
            return Concat.of(branches);
        }
        return isIdentity(layer) ? Sequential.of() : layer;
    }

    private static SequencedMap<String, Layer> folded(SequencedMap<String, Layer> chain) {
        var kept = new LinkedHashMap<String, Layer>();
        for (var child : chain.entrySet()) {
            var layer = fold(child.getValue());
            var last = kept.lastEntry();
            if (layer instanceof BatchNorm1d norm && last != null && last.getValue() instanceof Linear linear
                    && linear.out() == norm.features()) {
                kept.put(last.getKey(), merge(linear, norm));
            } else if (!(layer instanceof Sequential empty && empty.children().isEmpty())) {
                kept.put(child.getKey(), layer);
            }
        }
        return kept;
    }

    private static boolean isIdentity(Layer layer) {
        return layer instanceof Dropout || layer instanceof Flatten;
    }

    private static Linear merge(Linear linear, BatchNorm1d norm) {
        int in = linear.in();
        float[] weight = linear.weight().value().toArray();
        float[] bias = linear.bias().value().toArray();
        float[] scale = Storage.array(norm.weight().value());
        float[] shift = Storage.array(norm.bias().value());
        float[] mean = Storage.array(norm.runningMean().value());
        float[] variance = Storage.array(norm.runningVariance().value());
        for (int i = 0; i < bias.length; i++) {
            double s = scale[i] / Math.sqrt((double) variance[i] + norm.epsilon());
            for (int j = i * in; j < (i + 1) * in; j++) {
                // + 0 makes −0 of a pruned weight times a negative scale +0 again
                weight[j] = (float) (s * weight[j]) + 0f;
            }
            bias[i] = (float) (s * ((double) bias[i] - mean[i]) + shift[i]);
        }
        var merged = Linear.of(
                Storage.adopt(linear.weight().shape(), weight), Storage.adopt(linear.bias().shape(), bias));
        if (linear.weight().mask().isPresent()) {
            merged.weight().assignMask(linear.weight().mask().get());
        }
        return merged;
    }
}
