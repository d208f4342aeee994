package org.espalier.tensor;

import org.espalier.kernel.choice.KernelChoice;

/** Activation functions. Where one has a kink, its gradient there is that of one side, as each says. */
public sealed interface Nonlinearity extends Unary {

    /** The hyperbolic tangent; its derivative is 1 − y², with an absolute error of 2⁻²³: 0 for |x| above 9. */
    record Tanh() implements Nonlinearity {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            KernelChoice.current().dense().tanh(x, from, y, from, to - from);
        }

        @Override
        public int cost() {
            return Split.FUNCTION;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(y.square().affine(-1, 1));
        }
    }

    /** 1 / (1 + e⁻ˣ); its derivative is σ(x)·σ(−x), which does not cancel for a large x as y(1 − y) does. */
    record Sigmoid() implements Nonlinearity {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            KernelChoice.current().dense().sigmoid(x, from, y, from, to - from);
        }

        @Override
        public int cost() {
            return Split.FUNCTION;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(y).times(x.negate().sigmoid());
        }
    }

    /** max(x, 0), NaN kept; the gradient at 0 is 0. */
    record Relu() implements Nonlinearity {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.max(x[i], 0f);
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.gate(y);
        }
    }

    /** x for x &gt; 0, otherwise slope·x; the gradient at 0 is the slope. */
    record LeakyRelu(float slope) implements Nonlinearity {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = x[i] > 0 ? x[i] : x[i] * slope;
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return Tensor.where(x.greater(0), g, g.times(slope));
        }
    }

    /** x for x &gt; 0, otherwise alpha·(eˣ − 1) (Clevert et al., arXiv 1511.07289); the gradient at 0 is alpha. */
    record Elu(float alpha) implements Nonlinearity {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = x[i] > 0 ? x[i] : alpha * (float) StrictMath.expm1(x[i]);
            }
        }

        @Override
        public int cost() {
            return Split.STRICT_MATH;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            // Limited, so that the branch that is not chosen stays finite and so do its gradients.
            var slope = x.minimum(Tensor.scalar(0)).exp().times(alpha);
            return Tensor.where(x.greater(0), g, g.times(slope));
        }
    }

    /** x·Φ(x), Φ the normal distribution function: the exact form, by erf (Hendrycks and Gimpel, arXiv 1606.08415). */
    record Gelu() implements Nonlinearity {
        private static final float SQRT_HALF = 0.70710678118654752f;
        private static final float INV_SQRT_TWO_PI = 0.3989422804014327f;

        @Override
        public void map(float[] x, float[] y, int from, int to) {
            KernelChoice.current().dense().gelu(x, from, y, from, to - from);
        }

        @Override
        public int cost() {
            return Split.FUNCTION;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            var cumulative = x.times(SQRT_HALF).erf().affine(0.5f, 0.5f);
            var density = x.square().times(-0.5f).exp().times(INV_SQRT_TWO_PI);
            return g.times(cumulative.plus(x.times(density)));
        }
    }

    /** log(1 + eˣ), stable for large |x|; its derivative is the sigmoid. */
    record Softplus() implements Nonlinearity {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            KernelChoice.current().dense().softplus(x, from, y, from, to - from);
        }

        @Override
        public int cost() {
            return Split.FUNCTION;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(x.sigmoid());
        }
    }
}
