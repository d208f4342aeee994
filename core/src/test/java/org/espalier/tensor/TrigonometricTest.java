package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TrigonometricTest {
    private static final float NAN = Float.NaN;
    private static final float INF = Float.POSITIVE_INFINITY;
    private static final float PI = (float) Math.PI;

    @Test
    void anglesAreInRadians() {
        assertArrayEquals(new float[] {0, 1, -1, NAN}, UnaryTest.values(Tensor::sin, 0, PI / 2, -PI / 2, INF), 1e-7f);
        assertArrayEquals(new float[] {1, 0, -1}, UnaryTest.values(Tensor::cos, 0, PI / 2, PI), 1e-7f);
        assertArrayEquals(new float[] {0, 1, -1}, UnaryTest.values(Tensor::tan, 0, PI / 4, -PI / 4), 1e-6f);
    }

    @Test
    void inversesEndWhereTheirFunctionsDo() {
        assertArrayEquals(new float[] {-PI / 2, 0, PI / 2, NAN}, UnaryTest.values(Tensor::asin, -1, 0, 1, 1.001f));
        assertArrayEquals(new float[] {PI, PI / 2, 0, NAN}, UnaryTest.values(Tensor::acos, -1, 0, 1, -1.001f));
        assertArrayEquals(new float[] {-PI / 2, 0, PI / 2}, UnaryTest.values(Tensor::atan, -INF, 0, INF));
        assertArrayEquals(new float[] {-INF, 0, INF, NAN}, UnaryTest.values(Tensor::atanh, -1, 0, 1, 2));
        assertArrayEquals(new float[] {NAN, 0, INF}, UnaryTest.values(Tensor::acosh, 0.999f, 1, INF));
        assertArrayEquals(new float[] {-INF, -0f, 0, INF}, UnaryTest.values(Tensor::asinh, -INF, -0f, 0, INF));
        assertEquals(INF, UnaryTest.slope(Tensor::asin, 1));
        assertEquals(-INF, UnaryTest.slope(Tensor::acos, 1));
        assertEquals(INF, UnaryTest.slope(Tensor::acosh, 1));
    }

    /** asinh(10²⁰) = log(2·10²⁰) = 46.744849, its slope 10⁻²⁰; asinh x is x for a small x. */
    @Test
    void hugeAndTinyArgumentsNeitherOverflowNorCancel() {
        assertEquals(46.744849f, Tensor.scalar(1e20f).asinh().item(), 4e-6f);
        assertEquals(-46.744849f, Tensor.scalar(-1e20f).asinh().item(), 4e-6f);
        assertEquals(1e-20f, UnaryTest.slope(Tensor::asinh, 1e20f), 1e-25f);
        assertEquals(1e-20f, Tensor.scalar(1e-20f).asinh().item());
        assertEquals(1e-20f, Tensor.scalar(1e-20f).atanh().item());
    }
}
