package org.espalier.tensor;

/** Trigonometric and hyperbolic functions and their inverses. */
public sealed interface Trigonometric extends Unary {
    /** The value in double precision. */
    double at(double x);

    @Override
    default void map(float[] x, float[] y, int from, int to) {
        Unary.mapDoubles(this::at, x, y, from, to);
    }

    @Override
    default int cost() {
        return Split.STRICT_MATH;
    }

    /** The sine of x in radians. */
    record Sin() implements Trigonometric {
        @Override
        public double at(double x) {
            return StrictMath.sin(x);
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(x.cos());
        }
    }

    /** The cosine of x in radians. */
    record Cos() implements Trigonometric {
        @Override
        public double at(double x) {
            return StrictMath.cos(x);
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(x.sin()).negate();
        }
    }

    /** The tangent of x in radians. */
    record Tan() implements Trigonometric {
        @Override
        public double at(double x) {
            return StrictMath.tan(x);
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(y.square().plus(1));
        }
    }

    /** The angle in [−π/2, π/2] with this sine; NaN outside [−1, 1], and an infinite gradient at the ends. */
    record Asin() implements Trigonometric {
        @Override
        public double at(double x) {
            return StrictMath.asin(x);
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.div(x.affine(-1, 1).times(x.plus(1)).sqrt());
        }
    }

    /** The angle in [0, π] with this cosine; NaN outside [−1, 1], and an infinite gradient at the ends. */
    record Acos() implements Trigonometric {
        @Override
        public double at(double x) {
            return StrictMath.acos(x);
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.div(x.affine(-1, 1).times(x.plus(1)).sqrt()).negate();
        }
    }

    /** The angle in (−π/2, π/2) with this tangent. */
    record Atan() implements Trigonometric {
        @Override
        public double at(double x) {
            return StrictMath.atan(x);
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.div(x.square().plus(1));
        }
    }

    /** The hyperbolic sine. */
    record Sinh() implements Trigonometric {
        @Override
        public double at(double x) {
            return StrictMath.sinh(x);
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(x.cosh());
        }
    }

    /** The hyperbolic cosine. */
    record Cosh() implements Trigonometric {
        @Override
        public double at(double x) {
            return StrictMath.cosh(x);
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.times(x.sinh());
        }
    }

    /** The inverse of the hyperbolic sine. */
    record Asinh() implements Trigonometric {
        @Override
        public double at(double x) {
            double a = Math.abs(x);
            // a + √(a² + 1) − 1, without cancellation for a small a.
            double grown = a == Double.POSITIVE_INFINITY ? a : a + a * (a / (Math.sqrt(a * a + 1) + 1));
            return Math.copySign(StrictMath.log1p(grown), x);
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.div(y.cosh());
        }
    }

    /** The inverse of the hyperbolic cosine; NaN below 1, and an infinite gradient there. */
    record Acosh() implements Trigonometric {
        @Override
        public double at(double x) {
            return StrictMath.log1p(x - 1 + Math.sqrt((x - 1) * (x + 1)));
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.div(y.sinh());
        }
    }

    /** The inverse of the hyperbolic tangent; ±∞ at ±1, NaN beyond. */
    record Atanh() implements Trigonometric {
        @Override
        public double at(double x) {
            return 0.5 * (StrictMath.log1p(x) - StrictMath.log1p(-x));
        }

        @Override
        public Tensor gradient(Tensor g, Tensor x, Tensor y) {
            return g.div(x.affine(-1, 1).times(x.plus(1)));
        }
    }
}
