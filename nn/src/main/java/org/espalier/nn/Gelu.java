package org.espalier.nn;

import org.espalier.nn.step.Pointwise;
import org.espalier.tensor.Tensor;

/** The Gaussian error linear unit x·Φ(x), exact (Hendrycks and Gimpel 2016, arXiv 1606.08415). */
public record Gelu() implements Activation {
    @Override
    public Tensor of(Tensor x) {
        return x.gelu();
    }

    @Override
    public Pointwise pointwise() {
        return Pointwise.gelu();
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("gelu");
    }

    @Override
    public String toString() {
        return "Gelu";
    }
}
