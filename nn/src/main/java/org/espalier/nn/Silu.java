package org.espalier.nn;

import org.espalier.kernel.choice.KernelChoice;
import org.espalier.tensor.Tensor;

/** The sigmoid linear unit x·σ(x), also called swish (Elfwing, Uchibe and Doya 2017, arXiv 1702.03118). */
public record Silu() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.times(x.sigmoid());
    }

    @Override
    public void apply(float[] x, int xo, float[] y, int yo, int n) {
        KernelChoice.current().dense().sigmoid(x, xo, y, yo, n);
        for (int i = 0; i < n; i++) {
            y[yo + i] = x[xo + i] * y[yo + i];
        }
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("silu");
    }

    @Override
    public String toString() {
        return "Silu";
    }
}
