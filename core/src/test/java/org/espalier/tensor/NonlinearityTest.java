package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NonlinearityTest {
    private static final float INF = Float.POSITIVE_INFINITY;

    /** e⁻²⁰ / (1 + e⁻²⁰)² = 2.0611536e-9 and e⁻⁵⁰ = 1.9287498e-22 (BigDecimal). */
    @Test
    void theSecondDerivativeOfSoftplusDoesNotCancel() {
        assertEquals(2.0611536e-9f, UnaryTest.bend(Tensor::softplus, 20), 2e-15f);
        assertEquals(2.0611536e-9f, UnaryTest.bend(Tensor::softplus, -20), 2e-15f);
        assertEquals(2.0611536e-9f, UnaryTest.slope(Tensor::sigmoid, 20), 2e-15f);
        assertEquals(1.9287498e-22f, UnaryTest.slope(Tensor::sigmoid, 50), 1e-28f);
        assertEquals(-2.0611536e-9f, UnaryTest.bend(Tensor::sigmoid, 20), 2e-15f);
    }

    /** log σ(x) = −log(1 + e⁻ˣ): for a very negative x that is x. */
    @Test
    void theLogarithmOfASigmoidDoesNotUnderflow() {
        assertArrayEquals(new float[] {-1000, -0.6931472f, -0f, -INF, 0},
                UnaryTest.values(Tensor::logSigmoid, -1000, 0, 1000, -INF, INF), 1e-7f);
        assertEquals(1, UnaryTest.slope(Tensor::logSigmoid, -1000));
        assertEquals(0.5f, UnaryTest.slope(Tensor::logSigmoid, 0));
    }

    @Test
    void exponentialLinearUnitsSaturateAndDoNotOverflow() {
        assertArrayEquals(new float[] {-2, -2, 0, 3, INF}, UnaryTest.values(x -> x.elu(2), -INF, -200, 0, 3, INF));
        assertEquals(1, UnaryTest.slope(x -> x.elu(2), 200));
        assertEquals(0, UnaryTest.bend(x -> x.elu(2), 200));
        assertEquals(2, UnaryTest.slope(x -> x.elu(2), 0));
        assertEquals(0, UnaryTest.slope(x -> x.elu(2), -200));
    }

    @Test
    void theChosenBranchAloneHasAGradient() {
        var x = Tensor.vector(-1, 0, 2).withGrad();
        var g = Tensor.vector(INF, INF, 1);
        assertArrayEquals(new float[] {0, 0, 1}, x.relu().backward(g).of(x).toArray());
        assertArrayEquals(new float[] {INF, INF, 1}, x.leakyRelu(0.5f).backward(g).of(x).toArray());
    }
}
