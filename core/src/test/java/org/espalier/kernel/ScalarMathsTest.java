package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ScalarMathsTest {
    /** A prime: the inputs visit every binade at ever different mantissas, 1.4 million floats per function. */
    private static final int STRIDE = 3049;

    private interface FloatOperator {
        float apply(float x);
    }

    @Test
    void expIsWithinOneUlpAndNeverDecreases() {
        assertUlp(1.0, true, ScalarMaths::exp, StrictMath::exp);
    }

    @Test
    void logIsWithinOneUlpAndNeverDecreases() {
        assertUlp(1.0, true, ScalarMaths::log, StrictMath::log);
    }

    @Test
    void tanhIsWithinOneAndAHalfUlpAndNeverDecreases() {
        assertUlp(1.5, true, ScalarMaths::tanh, StrictMath::tanh);
    }

    @Test
    void sigmoidIsWithinTwoAndAHalfUlpAndNeverDecreases() {
        assertUlp(2.5, true, ScalarMaths::sigmoid, ScalarMathsTest::sigmoid);
    }

    @Test
    void erfIsWithinThreeAndAHalfUlpAndNeverDecreases() {
        assertUlp(3.5, true, ScalarMaths::erf, ScalarMathsTest::erf);
    }

    @Test
    void softplusIsWithinThreeUlp() {
        assertUlp(3.0, false, ScalarMaths::softplus,
                x -> Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x))));
    }

    @Test
    void geluIsWithinItsAbsoluteBound() {
        for (long i = 0; i < 1L << 32; i += STRIDE) {
            float x = Float.intBitsToFloat((int) i);
            if (Float.isFinite(x)) {
                double exact = 0.5 * x * (1 + erf(x * Math.sqrt(0.5)));
                double error = Math.abs(ScalarMaths.gelu(x) - exact);
                assertTrue(error <= Math.abs((double) x) * 0x1p-22 + Float.MIN_VALUE, () -> "gelu at " + x);
            }
        }
    }

    @Test
    void specialValuesAreAsDocumented() {
        float inf = Float.POSITIVE_INFINITY;
        assertBits(0f, ScalarMaths.exp(-inf));
        assertBits(1f, ScalarMaths.exp(-0f));
        assertBits(inf, ScalarMaths.exp(inf));
        assertBits(inf, ScalarMaths.exp(88.73f));
        assertBits(0f, ScalarMaths.exp(-104f));
        assertBits(Float.MIN_VALUE, ScalarMaths.exp(-103.2f));
        assertBits(-inf, ScalarMaths.log(0f));
        assertBits(-inf, ScalarMaths.log(-0f));
        assertBits(0f, ScalarMaths.log(1f));
        assertBits(inf, ScalarMaths.log(inf));
        assertBits(Float.NaN, ScalarMaths.log(-1f));
        assertBits(Float.NaN, ScalarMaths.log(-inf));
        assertBits((float) StrictMath.log(Float.MIN_VALUE), ScalarMaths.log(Float.MIN_VALUE));
        assertBits(-0f, ScalarMaths.tanh(-0f));
        assertBits(-1f, ScalarMaths.tanh(-inf));
        assertBits(1f, ScalarMaths.tanh(inf));
        assertBits(0f, ScalarMaths.sigmoid(-inf));
        assertBits(0.5f, ScalarMaths.sigmoid(-0f));
        assertBits(1f, ScalarMaths.sigmoid(inf));
        assertBits(-0f, ScalarMaths.erf(-0f));
        assertBits(-1f, ScalarMaths.erf(-inf));
        assertBits(1f, ScalarMaths.erf(inf));
        assertBits(-0f, ScalarMaths.gelu(-inf));
        assertBits(inf, ScalarMaths.gelu(inf));
        assertBits(0f, ScalarMaths.softplus(-inf));
        assertBits(inf, ScalarMaths.softplus(inf));
    }

    @Test
    void nanStaysNan() {
        FloatOperator[] functions = {
            ScalarMaths::exp, ScalarMaths::log, ScalarMaths::tanh, ScalarMaths::sigmoid, ScalarMaths::erf,
            ScalarMaths::gelu, ScalarMaths::softplus
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
