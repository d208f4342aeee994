package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ScalarMathTest {
    /** A prime: the inputs visit every binade at ever different mantissas, 1.4 million floats per function. */
    private static final int STRIDE = 3049;

    private interface FloatOperator {
        float apply(float x);
    }

    @Test
    void expIsWithinOneUlpAndNeverDecreases() {
        assertUlp(1.0, true, ScalarMath::exp, StrictMath::exp);
    }

    @Test
    void logIsWithinOneUlpAndNeverDecreases() {
        assertUlp(1.0, true, ScalarMath::log, StrictMath::log);
    }

    @Test
    void tanhIsWithinOneAndAHalfUlpAndNeverDecreases() {
        assertUlp(1.5, true, ScalarMath::tanh, StrictMath::tanh);
    }

    @Test
    void sigmoidIsWithinTwoAndAHalfUlpAndNeverDecreases() {
        assertUlp(2.5, true, ScalarMath::sigmoid, ScalarMathTest::sigmoid);
    }

    @Test
    void erfIsWithinThreeAndAHalfUlpAndNeverDecreases() {
        assertUlp(3.5, true, ScalarMath::erf, ScalarMathTest::erf);
    }

    @Test
    void softplusIsWithinThreeUlp() {
        assertUlp(3.0, false, ScalarMath::softplus,
                x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))));
    }

    @Test
    void geluIsWithinItsAbsoluteBound() {
        for (long i = 0; i < 1L << 32; i += STRIDE) {
            float x = Float.intBitsToFloat((int) i);
            if (Float.isFinite(x)) {
                double exact = 0.5 * x * (1 + erf(x * Math.sqrt(0.5)));
                double error = Math.abs(ScalarMath.gelu(x) - exact);
                assertTrue(error <= Math.abs((double) x) * 0x1p-22 + Float.MIN_VALUE, () -> "gelu at " + x);
            }
        }
    }

    @Test
    void specialValuesAreAsDocumented() {
        float inf = Float.POSITIVE_INFINITY;
        assertBits(0f, ScalarMath.exp(-inf));
        assertBits(1f, ScalarMath.exp(-0f));
        assertBits(inf, ScalarMath.exp(inf));
        assertBits(inf, ScalarMath.exp(88.73f));
        assertBits(0f, ScalarMath.exp(-104f));
        assertBits(Float.MIN_VALUE, ScalarMath.exp(-103.2f));
        assertBits(-inf, ScalarMath.log(0f));
        assertBits(-inf, ScalarMath.log(-0f));
        assertBits(0f, ScalarMath.log(1f));
        assertBits(inf, ScalarMath.log(inf));
        assertBits(Float.NaN, ScalarMath.log(-1f));
        assertBits(Float.NaN, ScalarMath.log(-inf));
        assertBits((float) StrictMath.log(Float.MIN_VALUE), ScalarMath.log(Float.MIN_VALUE));
        assertBits(-0f, ScalarMath.tanh(-0f));
        assertBits(-1f, ScalarMath.tanh(-inf));
        assertBits(1f, ScalarMath.tanh(inf));
        assertBits(0f, ScalarMath.sigmoid(-inf));
        assertBits(0.5f, ScalarMath.sigmoid(-0f));
        assertBits(1f, ScalarMath.sigmoid(inf));
        assertBits(-0f, ScalarMath.erf(-0f));
        assertBits(-1f, ScalarMath.erf(-inf));
        assertBits(1f, ScalarMath.erf(inf));
        assertBits(-0f, ScalarMath.gelu(-inf));
        assertBits(inf, ScalarMath.gelu(inf));
        assertBits(0f, ScalarMath.softplus(-inf));
        assertBits(inf, ScalarMath.softplus(inf));
    }

    @Test
    void nanStaysNan() {
        FloatOperator[] functions = {
            ScalarMath::exp, ScalarMath::log, ScalarMath::tanh, ScalarMath::sigmoid, ScalarMath::erf,
            ScalarMath::gelu, ScalarMath::softplus
        };
        for (FloatOperator function : functions) {
            assertBits(Float.NaN, function.apply(Float.NaN));
        }
    }

    /** Walks the floats in ascending order, from the most negative to the largest. */
    private static void assertUlp(double bound, boolean increasing, FloatOperator ours, DoubleUnaryOperator exact) {
        float previous = Float.NEGATIVE_INFINITY;
        for (long i = 0; i < 1L << 32; i += STRIDE) {
            int bits = i < 1L << 31 ? (int) (0xFFFFFFFFL - i) : (int) (i - (1L << 31));
            float x = Float.intBitsToFloat(bits);
            double want = exact.applyAsDouble(x);
            float got = ours.apply(x);
            if (Float.isNaN(x) || Double.isNaN(want)) {
                assertTrue(Float.isNaN(got), () -> "NaN expected at " + x);
            } else if (Float.isInfinite((float) want) || Float.isInfinite(got)) {
                assertEquals((float) want, got, () -> "at " + x);
            } else {
                double ulps = Math.abs(got - want) / Math.ulp((float) want);
                assertTrue(ulps <= bound, () -> ulps + " ULP at " + x);
                float before = previous;
                assertTrue(!increasing || got >= before, () -> "decreases at " + x);
                previous = got;
            }
        }
    }

    private static void assertBits(float want, float got) {
        assertEquals(Float.floatToIntBits(want), Float.floatToIntBits(got), () -> want + " expected, got " + got);
    }

    private static double sigmoid(double x) {
        double z = StrictMath.exp(-Math.abs(x));
        return (x < 0 ? z : 1) / (1 + z);
    }

    /** erf x = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (2n+1)!!, all positive terms (Abramowitz and Stegun 7.1.6). */
    private static double erf(double x) {
        double a = Math.abs(x);
        if (a > 5.9) {
            return Math.signum(x);
        }
        double term = a;
        double sum = a;
        for (int n = 1; term > sum * 1e-17; n++) {
            term *= 2 * a * a / (2 * n + 1);
            sum += term;
        }
        return Math.copySign(2 / Math.sqrt(Math.PI) * StrictMath.exp(-a * a) * sum, x);
    }
}
