package org.espalier.nn.step;

/** A function of each number by itself, such as an activation. */
public interface Pointwise {
    /** Writes the function of {@code n} numbers from {@code x[xo]} to another array, from {@code y[yo]}. */
    void apply(float[] x, int xo, float[] y, int yo, int n);

    /** ReLU, max(x, 0); like the others here, computed by the kernels of matrix products where one precedes it. */
    static Pointwise relu() {
        return KernelActivation.RELU;
    }

    /** The hyperbolic tangent. */
    static Pointwise tanh() {
        return KernelActivation.TANH;
    }

    /** The logistic function 1 / (1 + e⁻ˣ). */
    static Pointwise sigmoid() {
        return KernelActivation.SIGMOID;
    }

    /** x·Φ(x) with the exact normal distribution function Φ. */
    static Pointwise gelu() {
        return KernelActivation.GELU;
    }
}
