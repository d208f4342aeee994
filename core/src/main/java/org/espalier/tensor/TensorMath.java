package org.espalier.tensor;

import org.espalier.tensor.Selection.Relation;

/**
 * What a tensor computes element by element: arithmetic, functions, activations, comparisons. Two tensors broadcast
 * against each other. The ops themselves, with their values and gradients, are in {@link Elementary},
 * {@link Nonlinearity}, {@link Trigonometric}, {@link PiecewiseConstant}, {@link Binary} and {@link Selection}.
 */
public sealed interface TensorMath permits Tensor {
    private Tensor self() {
        return (Tensor) this;
    }

    // ---- arithmetic: here and below one line per operation (@formatter:off)

    /** a + b. */
    default Tensor plus(Tensor b) { return Op.apply(new Binary.Add(), self(), b); }
    /** a + b. */
    default Tensor plus(float b) { return affine(1, b); }
    /** a − b. */
    default Tensor minus(Tensor b) { return Op.apply(new Binary.Subtract(), self(), b); }
    /** a − b. */
    default Tensor minus(float b) { return affine(1, -b); }
    /** b − a, the difference the other way round. */
    default Tensor rsub(float b) { return affine(-1, b); }
    /** a·b, element by element. */
    default Tensor times(Tensor b) { return Op.apply(new Binary.Multiply(), self(), b); }
    /** a·b. */
    default Tensor times(float b) { return Op.apply(new Elementary.Scale(b), self()); }
    /** a / b. */
    default Tensor div(Tensor b) { return Op.apply(new Binary.Divide(), self(), b); }
    /** a / b. */
    default Tensor div(float b) { return div(Tensor.scalar(b)); }
    /** scale·x + shift. */
    default Tensor affine(float scale, float shift) { return Op.apply(new Elementary.Affine(scale, shift), self()); }
    /** x·w, and exactly 0 where the weight w is 0, even if x is infinite or NaN there; so are gradients. */
    default Tensor weighted(Tensor w) { return Op.apply(new Binary.Weighted(), self(), w); }
    /** The larger of two, NaN if one is; where they are equal, each gets half the gradient. */
    default Tensor maximum(Tensor b) { return Op.apply(new Binary.Maximum(), self(), b); }
    /** The smaller of two, NaN if one is; where they are equal, each gets half the gradient. */
    default Tensor minimum(Tensor b) { return Op.apply(new Binary.Minimum(), self(), b); }
    /** The remainder of a / b with the sign of a, as C's {@code fmod}. */
    default Tensor fmod(Tensor b) { return Op.apply(new Binary.Fmod(), self(), b); }
    /** The remainder of a / b with the sign of b, a − b·⌊a / b⌋, as Python's {@code %}. */
    default Tensor remainder(Tensor b) { return Op.apply(new Binary.Remainder(), self(), b); }
    /** −x. */
    default Tensor negate() { return Op.apply(new Elementary.Negate(), self()); }
    /** |x|; the gradient at 0 is 0. */
    default Tensor abs() { return Op.apply(new Elementary.Abs(), self()); }
    /** x limited to an interval; the gradient is 1 inside and at the ends, otherwise 0. */
    default Tensor clip(float low, float high) { return Op.apply(new Elementary.Clip(low, high), self()); }

    // ---- powers, exponentials, logarithms

    /** x². */
    default Tensor square() { return Op.apply(new Elementary.Square(), self()); }
    /** √x; the gradient at 0 is infinite: for √Σx² see {@link TensorReductions#norm}. */
    default Tensor sqrt() { return Op.apply(new Elementary.Sqrt(), self()); }
    /** 1 / x. */
    default Tensor reciprocal() { return Op.apply(new Elementary.Reciprocal(), self()); }
    /** x to a constant power, as IEEE 754 defines it. */
    default Tensor pow(float exponent) { return Op.apply(new Elementary.Power(exponent), self()); }
    /** a to the power b, as IEEE 754 defines it. */
    default Tensor pow(Tensor b) { return Op.apply(new Binary.Pow(), self(), b); }
    /** eˣ. */
    default Tensor exp() { return Op.apply(new Elementary.Exp(), self()); }
    /** eˣ − 1, accurate near 0. */
    default Tensor expm1() { return Op.apply(new Elementary.Expm1(), self()); }
    /** The natural logarithm. */
    default Tensor log() { return Op.apply(new Elementary.Log(), self()); }
    /** log(1 + x), accurate near 0. */
    default Tensor log1p() { return Op.apply(new Elementary.Log1p(), self()); }
    /** x·log(b), and 0 where x is 0: the terms of an entropy. */
    default Tensor xlogy(Tensor b) { return Op.apply(new Binary.Xlogy(), self(), b); }
    /** The error function. */
    default Tensor erf() { return Op.apply(new Elementary.Erf(), self()); }

    // ---- trigonometric and hyperbolic functions

    /** The sine of x in radians. */
    default Tensor sin() { return Op.apply(new Trigonometric.Sin(), self()); }
    /** The cosine of x in radians. */
    default Tensor cos() { return Op.apply(new Trigonometric.Cos(), self()); }
    /** The tangent of x in radians. */
    default Tensor tan() { return Op.apply(new Trigonometric.Tan(), self()); }
    /** The inverse sine; NaN outside [−1, 1]. */
    default Tensor asin() { return Op.apply(new Trigonometric.Asin(), self()); }
    /** The inverse cosine; NaN outside [−1, 1]. */
    default Tensor acos() { return Op.apply(new Trigonometric.Acos(), self()); }
    /** The inverse tangent. */
    default Tensor atan() { return Op.apply(new Trigonometric.Atan(), self()); }
    /** The hyperbolic sine. */
    default Tensor sinh() { return Op.apply(new Trigonometric.Sinh(), self()); }
    /** The hyperbolic cosine. */
    default Tensor cosh() { return Op.apply(new Trigonometric.Cosh(), self()); }
    /** The inverse hyperbolic sine. */
    default Tensor asinh() { return Op.apply(new Trigonometric.Asinh(), self()); }
    /** The inverse hyperbolic cosine; NaN below 1. */
    default Tensor acosh() { return Op.apply(new Trigonometric.Acosh(), self()); }
    /** The inverse hyperbolic tangent; NaN outside [−1, 1]. */
    default Tensor atanh() { return Op.apply(new Trigonometric.Atanh(), self()); }

    // ---- steps: constants for gradients

    /** −1, 0 or 1. */
    default Tensor sign() { return Op.apply(new PiecewiseConstant.Sign(), self()); }
    /** The nearest integer, halves to the even one. */
    default Tensor round() { return Op.apply(new PiecewiseConstant.Round(), self()); }
    /** The largest integer that is not above x. */
    default Tensor floor() { return Op.apply(new PiecewiseConstant.Floor(), self()); }
    /** The smallest integer that is not below x. */
    default Tensor ceil() { return Op.apply(new PiecewiseConstant.Ceil(), self()); }
    /** The integer part. */
    default Tensor truncate() { return Op.apply(new PiecewiseConstant.Truncate(), self()); }

    // ---- activations

    /** The hyperbolic tangent. */
    default Tensor tanh() { return Op.apply(new Nonlinearity.Tanh(), self()); }
    /** The logistic function σ(x) = 1 / (1 + e⁻ˣ). */
    default Tensor sigmoid() { return Op.apply(new Nonlinearity.Sigmoid(), self()); }
    /** log σ(x), which does not underflow. */
    default Tensor logSigmoid() { return negate().softplus().negate(); }
    /** max(x, 0); the gradient at 0 is 0. */
    default Tensor relu() { return Op.apply(new Nonlinearity.Relu(), self()); }
    /** x where positive, otherwise slope·x; the gradient at 0 is the slope. */
    default Tensor leakyRelu(float slope) { return Op.apply(new Nonlinearity.LeakyRelu(slope), self()); }
    /** x where positive, otherwise alpha·(eˣ − 1). */
    default Tensor elu(float alpha) { return Op.apply(new Nonlinearity.Elu(alpha), self()); }
    /** The Gaussian error linear unit x·Φ(x). */
    default Tensor gelu() { return Op.apply(new Nonlinearity.Gelu(), self()); }
    /** log(1 + eˣ). */
    default Tensor softplus() { return Op.apply(new Nonlinearity.Softplus(), self()); }

    // ---- comparisons and logic: 1 where true, otherwise 0, and constants for gradients

    /** a &gt; b. */
    default Tensor greater(Tensor b) { return compare(Relation.GREATER, b); }
    /** a &gt; b. */
    default Tensor greater(float b) { return greater(Tensor.scalar(b)); }
    /** a ≥ b. */
    default Tensor greaterEqual(Tensor b) { return compare(Relation.GREATER_EQUAL, b); }
    /** a ≥ b. */
    default Tensor greaterEqual(float b) { return greaterEqual(Tensor.scalar(b)); }
    /** a &lt; b. */
    default Tensor less(Tensor b) { return compare(Relation.LESS, b); }
    /** a &lt; b. */
    default Tensor less(float b) { return less(Tensor.scalar(b)); }
    /** a ≤ b. */
    default Tensor lessEqual(Tensor b) { return compare(Relation.LESS_EQUAL, b); }
    /** a ≤ b. */
    default Tensor lessEqual(float b) { return lessEqual(Tensor.scalar(b)); }
    /** a = b. */
    default Tensor equalTo(Tensor b) { return compare(Relation.EQUAL, b); }
    /** a = b. */
    default Tensor equalTo(float b) { return equalTo(Tensor.scalar(b)); }
    /** a ≠ b. */
    default Tensor notEqualTo(Tensor b) { return compare(Relation.NOT_EQUAL, b); }
    /** a ≠ b. */
    default Tensor notEqualTo(float b) { return notEqualTo(Tensor.scalar(b)); }
    /** Whether both are true, that is not 0. */
    default Tensor and(Tensor b) { return compare(Relation.AND, b); }
    /** Whether at least one is true, that is not 0. */
    default Tensor or(Tensor b) { return compare(Relation.OR, b); }
    /** Whether exactly one is true, that is not 0. */
    default Tensor xor(Tensor b) { return compare(Relation.XOR, b); }
    /** Whether this is false, that is 0. */
    default Tensor not() { return Op.apply(new PiecewiseConstant.Not(), self()); }
    /** Whether an element is NaN. */
    default Tensor isNaN() { return Op.apply(new PiecewiseConstant.IsNaN(), self()); }
    /** Whether an element is ±∞. */
    default Tensor isInfinite() { return Op.apply(new PiecewiseConstant.IsInfinite(), self()); }
    /** Whether an element is neither infinite nor NaN. */
    default Tensor isFinite() { return Op.apply(new PiecewiseConstant.IsFinite(), self()); }
    private Tensor compare(Relation relation, Tensor b) { return Op.apply(new Selection.Compare(relation), self(), b); }
}
