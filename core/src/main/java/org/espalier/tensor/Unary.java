package org.espalier.tensor;

import org.espalier.kernel.Kernels;

/**
 * One tensor in, one of the same shape out, element by element. A simple op is one plain loop, which the compiler
 * vectorizes; transcendental ones call the kernels, whose scalar and vector forms give the same bits.
 */
public sealed interface Unary extends Op {

    /** y[i] = f(x[i]) for the elements [from, to). */
    void map(float[] x, float[] y, int from, int to);

    /** The gradient g·f'(x). */
    Tensor gradient(Tensor g, Tensor x, Tensor y);

    /** What an element costs, in elements of a loop of few instructions. */
    default int cost() {
        return 1;
    }

    @Override
    default Shape shape(Shape... inputs) {
        return inputs[0];
    }

    @Override
    default void forward(float[] out, Tensor... inputs) {
        float[] x = inputs[0].array();
        Split.elements(out.length, cost(), (from, to) -> map(x, out, from, to));
    }

    @Override
    default Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
        return gradient(g, inputs[0], y);
    }

    /** factor·x, with a constant factor. */
    record Scale(float factor) implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = x[i] * factor;
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(factor);
        }
    }

    /** scale·x + shift, with constant scale and shift. */
    record Affine(float scale, float shift) implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = x[i] * scale + shift;
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return scale == 1 ? g : g.times(scale);
        }
    }

    /** −x. */
    record Negate() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = -x[i];
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.negate();
        }
    }

    /** |x|; the gradient at 0 is 0. */
    record Abs() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.abs(x[i]);
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(x.sign());
        }
    }

    /** −1, 0 or 1 (NaN stays NaN). A constant for gradients. */
    record Sign() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.signum(x[i]);
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            throw new AssertionError("sign has no gradient");
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }

    /**
     * The nearest integer, halves to the even one. A constant for gradients; quantizers add a straight-through
     * estimate.
     */
    record Round() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) Math.rint(x[i]);
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            throw new AssertionError("round has no gradient");
        }

        @Override
        public boolean differentiable() {
            return false;
        }
    }

    /** x². */
    record Square() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = x[i] * x[i];
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(x).times(2);
        }
    }

    /** √x; NaN for negative x, and an infinite gradient at 0. */
    record Sqrt() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) Math.sqrt(x[i]);
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(0.5f).div(y);
        }
    }

    /**
     * x to a constant power, as {@link StrictMath#pow} defines it: NaN for a negative x unless the exponent is an
     * integer. Every derivative at 0 is that of the formula: 0 once a whole exponent is used up, otherwise perhaps ∞.
     */
    record Power(float exponent) implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = (float) StrictMath.pow(x[i], exponent);
            }
        }

        @Override
        public int cost() {
            return Split.FUNCTION;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return exponent == 0 ? g.times(0) : g.times(x.pow(exponent - 1)).times(exponent);
        }
    }

    /** eˣ. */
    record Exp() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            Kernels.active().exp(x, from, y, from, to - from);
        }

        @Override
        public int cost() {
            return Split.FUNCTION;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(y);
        }
    }

    /** The natural logarithm. */
    record Log() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            Kernels.active().log(x, from, y, from, to - from);
        }

        @Override
        public int cost() {
            return Split.FUNCTION;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.div(x);
        }
    }

    /** The hyperbolic tangent; its derivative, 1 − y², needs only the result. */
    record Tanh() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            Kernels.active().tanh(x, from, y, from, to - from);
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

    /** 1 / (1 + e⁻ˣ); its derivative is y(1 − y). */
    record Sigmoid() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            Kernels.active().sigmoid(x, from, y, from, to - from);
        }

        @Override
        public int cost() {
            return Split.FUNCTION;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(y).times(y.affine(-1, 1));
        }
    }

    /** The error function 2/√π ∫₀ˣ e^(−t²) dt. */
    record Erf() implements Unary {
        private static final float TWO_OVER_SQRT_PI = 1.1283791670955126f;

        @Override
        public void map(float[] x, float[] y, int from, int to) {
            Kernels.active().erf(x, from, y, from, to - from);
        }

        @Override
        public int cost() {
            return Split.FUNCTION;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(x.square().negate().exp()).times(TWO_OVER_SQRT_PI);
        }
    }

    /** max(x, 0), NaN kept; the gradient at 0 is 0. */
    record Relu() implements Unary {
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
    record LeakyRelu(float slope) implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = x[i] > 0 ? x[i] : x[i] * slope;
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return Tensor.where(x.greater(Tensor.scalar(0)), g, g.times(slope));
        }
    }

    /** x·Φ(x), Φ the normal distribution function: the exact form, by erf (Hendrycks and Gimpel, arXiv 1606.08415). */
    record Gelu() implements Unary {
        private static final float SQRT_HALF = 0.70710678118654752f;
        private static final float INV_SQRT_TWO_PI = 0.3989422804014327f;

        @Override
        public void map(float[] x, float[] y, int from, int to) {
            Kernels.active().gelu(x, from, y, from, to - from);
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
    record Softplus() implements Unary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            Kernels.active().softplus(x, from, y, from, to - from);
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

    /** x limited to [low, high], NaN kept; the gradient passes inside and at the ends, and is 0 outside and at NaN. */
    record Clip(float low, float high) implements Unary {
        /** Checks that the interval is not empty; a bound may be infinite. */
        public Clip {
            if (!(low <= high)) {
                throw new IllegalArgumentException("clip: low " + low + " is not <= high " + high);
            }
        }

        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.min(Math.max(x[i], low), high);
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.gate(x.equalTo(y));
        }
    }
}
