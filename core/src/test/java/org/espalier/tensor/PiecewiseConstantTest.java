package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

class PiecewiseConstantTest {
    private static final float NAN = Float.NaN;
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float[] X = {-1.5f, -0.5f, -0f, 0.5f, 1.5f, 2.5f, NAN, INF, -INF};

    @Test
    void integersAreFoundInFourDirections() {
        assertArrayEquals(new float[] {-2, -1, -0f, 0, 1, 2, NAN, INF, -INF}, UnaryTest.values(Tensor::floor, X));
        assertArrayEquals(new float[] {-1, -0f, -0f, 1, 2, 3, NAN, INF, -INF}, UnaryTest.values(Tensor::ceil, X));
        assertArrayEquals(new float[] {-1, -0f, -0f, 0, 1, 2, NAN, INF, -INF}, UnaryTest.values(Tensor::truncate, X));
        assertArrayEquals(new float[] {-2, -0f, -0f, 0, 2, 2, NAN, INF, -INF}, UnaryTest.values(Tensor::round, X));
    }

    @Test
    void questionsAreAnsweredByOneAndZero() {
        assertArrayEquals(new float[] {0, 0, 1, 0, 0, 0, 0, 0, 0}, UnaryTest.values(Tensor::not, X));
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 1, 0, 0}, UnaryTest.values(Tensor::isNaN, X));
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 0, 1, 1}, UnaryTest.values(Tensor::isInfinite, X));
        assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1, 0, 0, 0}, UnaryTest.values(Tensor::isFinite, X));
    }

    @Test
    void theyAreConstantsForGradients() {
        assertFalse(Tensor.vector(X).withGrad().floor().requiresGrad());
        assertFalse(Tensor.vector(X).withGrad().isNaN().requiresGrad());
    }
}
