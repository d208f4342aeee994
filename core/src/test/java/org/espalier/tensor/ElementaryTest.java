package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Values and gradients at the ends of domains, by hand or by IEEE 754. */
class ElementaryTest {
    private static final float NAN = Float.NaN;
    private static final float INF = Float.POSITIVE_INFINITY;

    /** C17, F.10.4.4: pow(1, y) is 1 for any y, even NaN; pow(−1, ±∞) is 1. */
    @Test
    void powersOfOneAreOneWhateverTheExponent() {
        assertEquals(1, Tensor.scalar(1).pow(NAN).item());
        assertEquals(1, Tensor.scalar(1).pow(INF).item());
        assertEquals(1, Tensor.scalar(-1).pow(INF).item());
        assertEquals(1, Tensor.scalar(-1).pow(-INF).item());
        assertEquals(1, Tensor.scalar(NAN).pow(0).item());
        assertEquals(NAN, Tensor.scalar(-1).pow(NAN).item());
        assertEquals(INF, Tensor.scalar(-2).pow(INF).item());
        assertEquals(0, Tensor.scalar(0.5f).pow(INF).item());
        assertArrayEquals(new float[] {1, 1, 8, 0.25f},
                Tensor.vector(1, NAN, 2, -2).pow(Tensor.vector(NAN, 0, 3, -2)).toArray());
    }

    @Test
    void aPowerOfZeroLetsNoGradientThrough() {
        var x = Tensor.vector(2, 3).withGrad();
        assertArrayEquals(new float[] {0, 0}, x.pow(0).backward(Tensor.vector(INF, NAN)).of(x).toArray());
    }

    @Test
    void theGradientOfAnAbsoluteValueAtZeroIsZeroEvenBelowARoot() {
        assertEquals(0, UnaryTest.slope(x -> x.abs().sqrt(), 0));
        assertEquals(0, UnaryTest.slope(Tensor::abs, 0));
        assertEquals(NAN, UnaryTest.slope(Tensor::abs, NAN));
    }

    @Test
    void exponentialsMinusOneAndLogarithmsOfOnePlusKeepSmallNumbers() {
        assertArrayEquals(new float[] {1e-20f, -1, INF, -0f}, UnaryTest.values(Tensor::expm1, 1e-20f, -INF, INF, -0f));
        assertArrayEquals(new float[] {1e-20f, -INF, INF, NAN}, UnaryTest.values(Tensor::log1p, 1e-20f, -1, INF, -2));
    }

    @Test
    void reciprocalsOfZeroAreInfinite() {
        assertArrayEquals(new float[] {INF, -INF, 0, 0.25f}, UnaryTest.values(Tensor::reciprocal, 0, -0f, INF, 4));
        assertEquals(-1 / 16f, UnaryTest.slope(Tensor::reciprocal, 4));
        assertEquals(2 / 64f, UnaryTest.bend(Tensor::reciprocal, 4));
    }
}
