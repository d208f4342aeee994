package org.espalier.nn.data;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/** Another dataset's samples with weights, one for each. */
final class Weighted implements Dataset {
    private final Dataset source;
    private final float[] weights;

    Weighted(Dataset source, float... weights) {
        if (weights.length != source.size()) {
            throw new IllegalArgumentException(
                    "weights: there are " + source.size() + " samples and " + weights.length + " weights");
        }
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "weights: that of sample " + i + " must be finite and at least 0, not " + weights[i]);
            }
        }
        this.source = source;
        this.weights = weights.clone();
    }

    @Override
    public int size() {
        return weights.length;
    }

    @Override
    public Batch batch(int... indices) {
        var batch = source.batch(indices);
        var chosen = new float[indices.length];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = weights[indices[i]];
        }
        return new Batch(batch.inputs(), batch.targets(), Storage.adopt(Shape.of(chosen.length), chosen));
    }
}
