package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What the contract test leaves out: ties and values on the edge. */
class BinaryTest {
    private static final float NAN = Float.NaN;

    private final Tensor a = Tensor.vector(1, 5, 2).withGrad();
    private final Tensor b = Tensor.vector(3, 5, -2).withGrad();

    @Test
    void equalOperandsShareTheGradientOfTheLarger() {
        var gradients = a.maximum(b).sum().backward();
        assertArrayEquals(new float[] {0, 0.5f, 1}, gradients.of(a).toArray());
        assertArrayEquals(new float[] {1, 0.5f, 0}, gradients.of(b).toArray());
    }

    @Test
    void equalOperandsShareTheGradientOfTheSmaller() {
        var gradients = a.minimum(b).sum().backward();
        assertArrayEquals(new float[] {1, 0.5f, 0}, gradients.of(a).toArray());
        assertArrayEquals(new float[] {0, 0.5f, 1}, gradients.of(b).toArray());
    }

    @Test
    void extremesKeepNaNAndOrderTheZeros() {
        var x = Tensor.vector(NAN, 1, -0f, 0f);
        var y = Tensor.vector(1, NAN, 0f, -0f);
        assertArrayEquals(new float[] {NAN, NAN, 0f, 0f}, x.maximum(y).toArray());
        assertArrayEquals(new float[] {NAN, NAN, -0f, -0f}, x.minimum(y).toArray());
    }

    @Test
    void aGateSelectsAndTakesNoGradientItself() {
        var value = Tensor.vector(NAN, 2, Float.POSITIVE_INFINITY, 4).withGrad();
        var gate = Tensor.vector(-1, 1, 0, NAN).withGrad();
        var y = value.gate(gate);
        assertArrayEquals(new float[] {0, 2, 0, 0}, y.toArray());
        var gradients = y.backward(Tensor.vector(1, 2, 3, 4));
        assertArrayEquals(new float[] {0, 2, 0, 0}, gradients.of(value).toArray());
        assertArrayEquals(new float[4], gradients.of(gate).toArray());
    }

    @Test
    void divisionByZeroFollowsTheStandard() {
        var quotient = Tensor.vector(1, -1, 0).div(Tensor.scalar(0));
        assertArrayEquals(
                new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, NAN}, quotient.toArray());
    }

    @Test
    void numbersMayStandForTensors() {
        assertArrayEquals(new float[] {3, 7, 4}, a.plus(2).toArray());
        assertArrayEquals(new float[] {-1, 3, 0}, a.minus(2).toArray());
        assertArrayEquals(new float[] {2, 10, 4}, a.times(2).toArray());
        assertArrayEquals(new float[] {1, 9, 3}, a.affine(2, -1).toArray());
        assertEquals(2, a.affine(2, -1).sum().backward().of(a).get(1));
    }
}
