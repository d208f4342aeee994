package org.espalier.nn;

import org.espalier.nn.step.Pointwise;
import org.espalier.nn.step.Steps;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A fixed function of each number by itself, without parameters and the same in training and inference. An activation
 * of a program is one class: {@link #of} alone trains, is served and pruned through; {@link #config} lets it be saved.
 */
public interface Activation extends Layer, Pointwise {
    /** The function's value, of the same shape as {@code x}. */
    Tensor of(Tensor x);

    /** The function on arrays, to the same bits; by default through {@link #of}, which allocates. */
    @Override
    default void apply(float[] x, int xo, float[] y, int yo, int n) {
        var input = new float[n];
        System.arraycopy(x, xo, input, 0, n);
        System.arraycopy(Storage.array(of(Tensor.vector(input))), 0, y, yo, n);
    }

    /** What a model is served with: this function, unless the kernels of matrix products know it themselves. */
    default Pointwise pointwise() {
        return this;
    }

    @Override
    default Tensor forward(Tensor x, Mode mode) {
        return of(x);
    }

    @Override
    default Dependency dependency() {
        return Dependency.elementwise();
    }

    @Override
    default void compile(Steps steps) {
        steps.pointwise(pointwise());
    }

    /** {@link Relu}: max(x, 0). */
    static Activation relu() {
        return new Relu();
    }

    /** ReLU6, a {@link Clip}: x limited to [0, 6]. */
    static Activation relu6() {
        return new Clip(0, 6);
    }

    /** {@link LeakyRelu}: x where x &gt; 0, otherwise slope·x. */
    static Activation leakyRelu(float slope) {
        return new LeakyRelu(slope);
    }

    /** {@link PRelu} with one slope, learned, for all features. */
    static PRelu prelu() {
        return PRelu.of(1);
    }

    /** {@link Elu}: x where x &gt; 0, otherwise eˣ − 1. */
    static Activation elu() {
        return new Elu(1);
    }

    /** {@link Celu}: x where x &gt; 0, otherwise α·(e^(x/α) − 1). */
    static Activation celu(float alpha) {
        return new Celu(alpha);
    }

    /** {@link Selu}: the scaled ELU that keeps mean 0 and variance 1. */
    static Activation selu() {
        return new Selu();
    }

    /** {@link Gelu}: x·Φ(x), exact. */
    static Activation gelu() {
        return new Gelu();
    }

    /** {@link GeluTanh}: GELU by its approximation with tanh. */
    static Activation geluTanh() {
        return new GeluTanh();
    }

    /** {@link Silu}: x·σ(x), also called swish. */
    static Activation silu() {
        return new Silu();
    }

    /** {@link Mish}: x·tanh(softplus(x)). */
    static Activation mish() {
        return new Mish();
    }

    /** {@link Tanh}: the hyperbolic tangent. */
    static Activation tanh() {
        return new Tanh();
    }

    /** {@link Sigmoid}: 1 / (1 + e⁻ˣ). */
    static Activation sigmoid() {
        return new Sigmoid();
    }

    /** {@link HardSigmoid} as PyTorch has it: x/6 + ½ limited to [0, 1]. */
    static Activation hardSigmoid() {
        return new HardSigmoid(1 / 6f, 0.5f);
    }

    /** {@link HardSwish}: x times its hard sigmoid. */
    static Activation hardSwish() {
        return new HardSwish();
    }

    /** {@link Softplus}: log(1 + eˣ). */
    static Activation softplus() {
        return new Softplus();
    }

    /** {@link Softsign}: x / (1 + |x|). */
    static Activation softsign() {
        return new Softsign();
    }

    /** {@link Softmax}: eˣ / Σeˣ over the features. */
    static Softmax softmax() {
        return new Softmax();
    }

    /** {@link LogSoftmax}: the logarithm of the softmax. */
    static LogSoftmax logSoftmax() {
        return new LogSoftmax();
    }

    /** {@link Glu}: the first half of the features times the sigmoid of the second. */
    static Glu glu() {
        return new Glu();
    }
}
