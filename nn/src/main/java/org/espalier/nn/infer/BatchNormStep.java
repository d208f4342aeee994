package org.espalier.nn.infer;

import org.espalier.nn.BatchNorm1d;
import org.espalier.tensor.Storage;

/** A {@link BatchNorm1d} that follows no linear layer it could be folded into: the same bits as the layer's. */
final class BatchNormStep implements Step {
    private final float[] mean;
    private final float[] deviation;
    private final float[] weight;
    private final float[] bias;

    BatchNormStep(BatchNorm1d layer) {
        this.mean = Storage.array(layer.runningMean().value());
        this.deviation = Storage.array(layer.runningVariance().value().plus(layer.epsilon()).sqrt());
        this.weight = Storage.array(layer.weight().value());
        this.bias = Storage.array(layer.bias().value());
    }

    @Override
    public int in() {
        return mean.length;
    }

    @Override
    public int out() {
        return mean.length;
    }

    @Override
    public long bytes() {
        return 16L * mean.length;
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        int n = mean.length;
        for (int row = 0; row < rows; row++) {
            int from = xo + row * n;
            int to = yo + row * n;
            for (int i = 0; i < n; i++) {
                y[to + i] = (x[from + i] - mean[i]) / deviation[i] * weight[i] + bias[i];
            }
        }
    }

    @Override
    public String toString() {
        return "batch norm(" + in() + ")";
    }
}
