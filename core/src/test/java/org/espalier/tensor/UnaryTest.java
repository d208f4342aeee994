package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the contract test leaves out: kinks, ends of domains, signed zeros. */
class UnaryTest {
    private static final float NAN = Float.NaN;
    private static final float INF = Float.POSITIVE_INFINITY;

    static float slope(UnaryOperator<Tensor> f, float at) {
        var x = Tensor.scalar(at).withGrad();
        return f.apply(x).backward().of(x).item();
    }

    static float bend(UnaryOperator<Tensor> f, float at) {
        var x = Tensor.scalar(at).withGrad();
        var first = f.apply(x).backwardWithGraph().of(x);
        return first.requiresGrad() ? first.backward().of(x).item() : 0;
    }

    static float[] values(UnaryOperator<Tensor> f, float... x) {
        return f.apply(Tensor.vector(x)).toArray();
    }

    @Test
    void kinksHaveTheDocumentedGradient() {
        assertEquals(0, slope(Tensor::abs, 0));
        assertEquals(0, slope(Tensor::relu, 0));
        assertEquals(0.25f, slope(x -> x.leakyRelu(0.25f), 0));
        assertEquals(1, slope(x -> x.clip(-1, 2), -1));
        assertEquals(1, slope(x -> x.clip(-1, 2), 2));
        assertEquals(0, slope(x -> x.clip(-1, 2), 2.001f));
        assertEquals(INF, slope(Tensor::sqrt, 0));
    }

    @Test
    void reluKeepsNaNAndTurnsMinusZeroIntoZero() {
        assertArrayEquals(new float[] {NAN, 0, 0, INF}, values(Tensor::relu, NAN, -0f, -INF, INF));
        assertArrayEquals(new float[] {NAN, -1, 2}, values(x -> x.clip(-1, 2), NAN, -INF, INF));
        assertEquals(0, Float.floatToRawIntBits(Tensor.scalar(-0f).relu().item()));
        assertEquals(0, Float.floatToRawIntBits(Tensor.scalar(-0f).plus(0).item()));
    }

    @Test
    void gradientsOfSelectionsDoNotLeakInfinity() {
        var x = Tensor.vector(-1, 0.5f, 5).withGrad();
        var infinite = Tensor.vector(INF, 1, NAN);
        assertArrayEquals(new float[] {0, 1, 0}, x.clip(0, 1).backward(infinite).of(x).toArray());
        assertArrayEquals(new float[] {0, 1, NAN}, x.relu().backward(infinite).of(x).toArray());
    }

    @Test
    void leakySlopeIsExactOnBothSides() {
        assertEquals(1, slope(x -> x.leakyRelu(0.01f), 3));
        assertEquals(0.01f, slope(x -> x.leakyRelu(0.01f), -3));
    }

    @Test
    void wholePowersHaveFiniteDerivativesAtZeroAndBelow() {
        assertEquals(-8, Tensor.scalar(-2).pow(3).item());
        assertEquals(12, slope(x -> x.pow(3), -2));
        assertEquals(-12, bend(x -> x.pow(3), -2));
        assertEquals(0, slope(x -> x.pow(2), 0));
        assertEquals(2, bend(x -> x.pow(2), 0));
        assertEquals(1, slope(x -> x.pow(1), 0));
        assertEquals(0, bend(x -> x.pow(1), 0));
        assertEquals(0, slope(x -> x.pow(0), 0));
        assertEquals(0, bend(x -> x.pow(0), 0));
    }

    @Test
    void otherPowersAreAsInTheFormula() {
        assertEquals(1, Tensor.scalar(0).pow(0).item());
        assertEquals(1, Tensor.scalar(NAN).pow(0).item());
        assertEquals(INF, Tensor.scalar(0).pow(-1).item());
        assertEquals(NAN, Tensor.scalar(-2).pow(0.5f).item());
        assertEquals(0, slope(x -> x.pow(1.5f), 0));
        assertEquals(INF, bend(x -> x.pow(1.5f), 0));
        assertEquals(INF, slope(x -> x.pow(0.5f), 0));
    }

    @Test
    void logarithmsEndAtZero() {
        assertArrayEquals(new float[] {-INF, -INF, NAN, INF, 0}, values(Tensor::log, 0, -0f, -1, INF, 1));
        assertEquals(INF, slope(Tensor::log, 0));
    }

    @Test
    void saturatedActivationsHaveNoNaNInThem() {
        float[] x = {-INF, -1e30f, -200, 200, 1e30f, INF};
        assertArrayEquals(new float[] {-1, -1, -1, 1, 1, 1}, values(Tensor::tanh, x));
        assertArrayEquals(new float[] {0, 0, 0, 1, 1, 1}, values(Tensor::sigmoid, x));
        assertArrayEquals(new float[] {0, 0, 0, 200, 1e30f, INF}, values(Tensor::softplus, x));
        assertArrayEquals(new float[] {0, 0, 0, 200, 1e30f, INF}, values(t -> t.gelu().abs(), x));
        for (UnaryOperator<Tensor> f : List.<UnaryOperator<Tensor>>of(
                Tensor::tanh, Tensor::sigmoid, Tensor::softplus, Tensor::gelu, Tensor::erf)) {
            assertEquals(0, Math.abs(slope(f, -200)));
            assertEquals(0, Math.abs(bend(f, 200)));
        }
    }

    @Test
    void roundingGoesToTheEvenNeighbor() {
        assertArrayEquals(
                new float[] {0, 2, 2, -2, -0f, NAN}, values(Tensor::round, 0.5f, 1.5f, 2.5f, -1.5f, -0.4f, NAN));
        assertArrayEquals(new float[] {-1, -0f, 0, 1, NAN}, values(Tensor::sign, -3, -0f, 0, 9, NAN));
    }

    @Test
    void anEmptyIntervalIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Elementary.Clip(1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Elementary.Clip(NAN, 0));
        assertEquals(3, Tensor.scalar(9).clip(3, 3).item());
    }
}
