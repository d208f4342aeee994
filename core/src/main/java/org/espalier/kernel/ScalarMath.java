package org.espalier.kernel;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;

/**
 * The elementary functions of the library for one float: the specification of every implementation's maps.
 *
 * <p>Each is a range reduction and a minimax polynomial (fitted by iteratively reweighted least squares on Chebyshev
 * nodes), evaluated by single-precision multiplications and additions in the order written, without fused operations
 * and without branches that a lane-parallel version could not follow. The bounds below are in units in the last place
 * (ULP) of the result against the exact value.
 */
public final class ScalarMath {
    /** 1.5 · 2²³: adding it rounds to the nearest integer, which then sits in the low bits of the sum. */
    public static final float MAGIC = 12582912f;

    public static final int MAGIC_BITS = 0x4B400000;
    public static final float LOG2_E = 1.442695040f;

    /** ln 2 to 15 bits, so that its products with exponents are exact, and the rest. */
    public static final float LN2_HI = 0.693145752f;

    public static final float LN2_LO = 1.42860677e-6f;

    public static final float EXP_MIN = -105f;
    public static final float EXP_MAX = 89f;
    public static final float E0 = 0.5f;
    public static final float E1 = 0.16666666f;
    public static final float E2 = 0.041666295f;
    public static final float E3 = 0.008333498f;
    public static final float E4 = 0.0013944705f;
    public static final float E5 = 0.00019790299f;

    /** Bits of √½, the lower end of the mantissas of the logarithm. */
    public static final int SQRT_HALF_BITS = 0x3F3504F3;

    public static final float TWO_POW_23 = 8388608f;
    public static final float L0 = 0.3333333f;
    public static final float L1 = -0.25000823f;
    public static final float L2 = 0.20001227f;
    public static final float L3 = -0.16623357f;
    public static final float L4 = 0.14201756f;
    public static final float L5 = -0.13160187f;
    public static final float L6 = 0.127616f;
    public static final float L7 = -0.07634512f;

    public static final float TANH_SMALL = 0.625f;
    public static final float TANH_LARGE = 10f;
    public static final float T0 = -0.3333328f;
    public static final float T1 = 0.13331436f;
    public static final float T2 = -0.053739116f;
    public static final float T3 = 0.02063704f;
    public static final float T4 = -0.005702603f;

    public static final float ERF_LARGE = 4f;
    public static final float TWO_OVER_ROOT_PI = 1.1283792f;
    public static final float R0 = -0.3761263f;
    public static final float R1 = 0.112836175f;
    public static final float R2 = -0.026854916f;
    public static final float R3 = 0.005190162f;
    public static final float R4 = -0.0008024816f;
    public static final float R5 = 7.898685e-05f;
    public static final float Q0 = 0.00018846043f;
    public static final float Q1 = -1.1295803f;
    public static final float Q2 = -0.63321644f;
    public static final float Q3 = -0.108422026f;
    public static final float Q4 = 0.025210291f;
    public static final float Q5 = -0.0042052665f;
    public static final float Q6 = 0.00044146893f;
    public static final float Q7 = -2.1697297e-05f;

    public static final float ROOT_HALF = 0.70710677f;
    public static final float GELU_MIN = -16f;

    public static final float A0 = 0.66666675f;
    public static final float A1 = 0.39998883f;
    public static final float A2 = 0.28616747f;
    public static final float A3 = 0.2142894f;
    public static final float A4 = 0.24296942f;

    private ScalarMath() {}

    /**
     * eˣ within 1 ULP, never decreasing. exp(−∞) = +0, exp(±0) = 1, exp(+∞) = +∞; overflow gives +∞, underflow passes
     * through the subnormals.
     */
    public static float exp(float x) {
        float c = x > EXP_MAX ? EXP_MAX : x;
        c = c < EXP_MIN ? EXP_MIN : c;
        float t = c * LOG2_E + MAGIC;
        float whole = t - MAGIC;
        float r = (c - whole * LN2_HI) - whole * LN2_LO;
        float p = ((((E5 * r + E4) * r + E3) * r + E2) * r + E1) * r + E0;
        p = (p * (r * r) + r) + 1f;
        int exponent = floatToRawIntBits(t) - MAGIC_BITS;
        int half = exponent >> 1;
        // Two factors, because 2^exponent alone leaves the range of normal floats at both ends.
        return (p * intBitsToFloat((half + 127) << 23)) * intBitsToFloat((exponent - half + 127) << 23);
    }

    /** ln x within 1 ULP, never decreasing, subnormals included. log(±0) = −∞, log of x &lt; 0 is NaN, log(+∞) = +∞. */
    public static float log(float x) {
        boolean small = x < Float.MIN_NORMAL;
        int bits = floatToRawIntBits(small ? x * TWO_POW_23 : x);
        int exponent = (bits - SQRT_HALF_BITS) >> 23;
        float f = intBitsToFloat(bits - (exponent << 23)) - 1f;
        float e = intBitsToFloat(exponent + MAGIC_BITS) - MAGIC;
        e = small ? e - 23f : e;
        float z = f * f;
        float p = ((((((L7 * f + L6) * f + L5) * f + L4) * f + L3) * f + L2) * f + L1) * f + L0;
        p = (f * z) * p + e * LN2_LO;
        p = p - 0.5f * z;
        float y = (f + p) + e * LN2_HI;
        y = x < Float.POSITIVE_INFINITY ? y : x;
        y = x < 0f ? Float.NaN : y;
        return x == 0f ? Float.NEGATIVE_INFINITY : y;
    }

    /** Hyperbolic tangent within 1.5 ULP, never decreasing. Odd; tanh(±∞) = ±1. */
    public static float tanh(float x) {
        float a = Math.abs(x);
        float z = x * x;
        float small = ((((T4 * z + T3) * z + T2) * z + T1) * z + T0) * z * x + x;
        float c = a > TANH_LARGE ? TANH_LARGE : a;
        float large = 1f - 2f / (exp(c + c) + 1f);
        return Math.copySign(a < TANH_SMALL ? small : large, x);
    }

    /**
     * 1 / (1 + e⁻ˣ) within 2.5 ULP, never decreasing; computed from e^−|x|, so that neither end overflows.
     * sigmoid(−∞) = +0, sigmoid(+∞) = 1.
     */
    public static float sigmoid(float x) {
        float z = exp(-Math.abs(x));
        return (x < 0f ? z : 1f) / (1f + z);
    }

    /** Error function within 3.5 ULP, never decreasing. Odd; erf(±∞) = ±1. */
    public static float erf(float x) {
        float a = Math.abs(x);
        float z = x * x;
        float small = (((((R5 * z + R4) * z + R3) * z + R2) * z + R1) * z + R0) * z * x + TWO_OVER_ROOT_PI * x;
        float c = a > ERF_LARGE ? ERF_LARGE : a;
        float q = ((((((Q7 * c + Q6) * c + Q5) * c + Q4) * c + Q3) * c + Q2) * c + Q1) * c + Q0;
        float large = 1f - exp(q);
        return Math.copySign(a < 1f ? small : large, x);
    }

    /**
     * x·Φ(x) = x/2 · (1 + erf(x/√2)), the Gaussian error linear unit (Hendrycks and Gimpel, 2016), with an error of at
     * most |x|·2⁻²²: not a bound in ULP, because 1 + erf cancels for negative x. gelu(−∞) = −0.
     */
    public static float gelu(float x) {
        float c = x < GELU_MIN ? GELU_MIN : x;
        return 0.5f * c * (1f + erf(c * ROOT_HALF));
    }

    /** ln(1 + eˣ) within 3 ULP, as max(x, 0) + log1p(e^−|x|). softplus(−∞) = +0, softplus(+∞) = +∞. */
    public static float softplus(float x) {
        float z = exp(-Math.abs(x));
        float s = z / (2f + z);
        float w = s * s;
        float log1p = ((((A4 * w + A3) * w + A2) * w + A1) * w + A0) * w * s + (s + s);
        return (x < 0f ? 0f : x) + log1p;
    }
}
