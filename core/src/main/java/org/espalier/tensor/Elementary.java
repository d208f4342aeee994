package org.espalier.tensor;

import org.espalier.kernel.choice.KernelChoice;

/** Powers, exponentials, logarithms and linear functions of one tensor. */
public sealed interface Elementary extends Unary {

    /**
     * x to the power y as IEEE 754 (and C) has it: 1 for x = 1 or y = 0 for any other, NaN included, and for
     * x = −1 with an infinite y; NaN for a negative x unless y is an integer or infinite. Computed by
     * {@link StrictMath#pow} in double precision and rounded once.
     */
    static float pow(float x, float y) {
        boolean one = x == 1 || x == -1 && Float.isInfinite(y);
        return one ? 1 : (float) StrictMath.pow(x, y);
    }

    /** factor·x, with a constant factor. */
    record Scale(float factor) implements Elementary {
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
    record Affine(float scale, float shift) implements Elementary {
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
    record Negate() implements Elementary {
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
    record Abs() implements Elementary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Math.abs(x[i]);
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.weighted(x.sign());
        }
    }

    /** x². */
    record Square() implements Elementary {
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
    record Sqrt() implements Elementary {
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

    /** 1 / x; ±∞ at ±0. */
    record Reciprocal() implements Elementary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = 1 / x[i];
            }
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(y.square()).negate();
        }
    }

    /**
     * x to a constant power, as {@link #pow} defines it. Every derivative at 0 is that of the formula: 0 once an
     * integer exponent is used up, otherwise perhaps ∞.
     */
    record Power(float exponent) implements Elementary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = pow(x[i], exponent);
            }
        }

        @Override
        public int cost() {
            return Split.STRICT_MATH;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return exponent == 0 ? Tensor.zeros(g.shape()) : g.times(x.pow(exponent - 1)).times(exponent);
        }
    }

    /** eˣ. */
    record Exp() implements Elementary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            KernelChoice.current().dense().exp(x, from, y, from, to - from);
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

    /** eˣ − 1, accurate near 0. */
    record Expm1() implements Elementary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            Unary.mapDoubles(StrictMath::expm1, x, y, from, to);
        }

        @Override
        public int cost() {
            return Split.STRICT_MATH;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(x.exp());
        }
    }

    /** The natural logarithm. */
    record Log() implements Elementary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            KernelChoice.current().dense().log(x, from, y, from, to - from);
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

    /** log(1 + x), accurate near 0. */
    record Log1p() implements Elementary {
        @Override
        public void map(float[] x, float[] y, int from, int to) {
            Unary.mapDoubles(StrictMath::log1p, x, y, from, to);
        }

        @Override
        public int cost() {
            return Split.STRICT_MATH;
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.div(x.plus(1));
        }
    }

    /** The error function 2/√π ∫₀ˣ e^(−t²) dt. */
    record Erf() implements Elementary {
        private static final float TWO_OVER_SQRT_PI = 1.1283791670955126f;

        @Override
        public void map(float[] x, float[] y, int from, int to) {
            KernelChoice.current().dense().erf(x, from, y, from, to - from);
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

    /** x limited to [low, high], NaN kept; the gradient passes inside and at the ends, and is 0 outside and at NaN. */
    record Clip(float low, float high) implements Elementary {
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
