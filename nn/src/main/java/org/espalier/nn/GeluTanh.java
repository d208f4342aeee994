package org.espalier.nn;

import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Tensor;

/**
 * The approximation of {@link Gelu} with tanh, ½x·(1 + tanh(√(2/π)·(x + 0.044715x³))), as in GPT-2 (Hendrycks and
 * Gimpel 2016, arXiv 1606.08415).
 */
public record GeluTanh() implements Activation {
    private static final float ROOT = (float) Math.sqrt(2 / Math.PI);
    private static final float CUBE = 0.044715f;

    @Override
    public Tensor of(Tensor x) {
        var inner = x.plus(x.square().times(x).times(CUBE)).times(ROOT);
        return x.times(0.5f).times(inner.tanh().plus(1));
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[xo + i];
            y[yo + i] = (v + v * v * v * CUBE) * ROOT;
        }
        KernelChoice.current().dense().tanh(y, yo, y, yo, n);
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * 0.5f * (y[yo + i] + 1);
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("gelu_tanh");
    }

    @Override
    public String toString() {
        return "GeluTanh";
    }
}
