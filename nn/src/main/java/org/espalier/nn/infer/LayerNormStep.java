package org.espalier.nn.infer;

import org.espalier.kernel.Moments;
import org.espalier.nn.LayerNorm;
import org.espalier.tensor.Storage;

/** A {@link LayerNorm}: the same bits as the layer's, moments in double precision. */
final class LayerNormStep implements Step {
    private final float[] weight;
    private final float[] bias;
    private final float epsilon;

    LayerNormStep(LayerNorm layer) {
        this.weight = Storage.array(layer.weight().value());
        this.bias = Storage.array(layer.bias().value());
        this.epsilon = layer.epsilon();
    }

    @Override
    public int in() {
        return weight.length;
    }

    @Override
    public int out() {
        return weight.length;
    }

    @Override
    public long bytes() {
        return 8L * weight.length;
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        int n = weight.length;
        for (int row = 0; row < rows; row++) {
            normalize(x, xo + row * n, y, yo + row * n);
        }
    }

    private void normalize(float[] x, int from, float[] y, int to) {
        int n = weight.length;
        double mean = Moments.sum(x, from, n) / n;
        double scale = 1 / Math.sqrt(Moments.squares(x, from, n, mean) / n + epsilon);
        for (int i = 0; i < n; i++) {
            y[to + i] = (float) ((x[from + i] - mean) * scale) * weight[i] + bias[i];
        }
    }

    @Override
    public String toString() {
        return "layer norm(" + in() + ")";
    }
}
