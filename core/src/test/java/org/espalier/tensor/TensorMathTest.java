package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TensorMathTest {
    private static final float NAN = Float.NaN;
    private static final float INF = Float.POSITIVE_INFINITY;

    private final Tensor x = Tensor.vector(-3, 0, 4);

    @Test
    void numbersAreOperandsToo() {
        assertArrayEquals(new float[] {-1, 2, 6}, x.plus(2).toArray());
        assertArrayEquals(new float[] {-5, -2, 2}, x.minus(2).toArray());
        assertArrayEquals(new float[] {5, 2, -2}, x.rsub(2).toArray());
        assertArrayEquals(new float[] {-6, 0, 8}, x.times(2).toArray());
        assertArrayEquals(new float[] {-3 / 7f, 0, 4 / 7f}, x.div(7).toArray());
        assertArrayEquals(new float[] {0, 0, 1}, x.greater(0).toArray());
        assertArrayEquals(new float[] {0, 1, 1}, x.greaterEqual(0).toArray());
        assertArrayEquals(new float[] {1, 0, 0}, x.less(0).toArray());
        assertArrayEquals(new float[] {1, 1, 0}, x.lessEqual(0).toArray());
        assertArrayEquals(new float[] {0, 1, 0}, x.equalTo(0).toArray());
        assertArrayEquals(new float[] {1, 0, 1}, x.notEqualTo(0).toArray());
    }

    @Test
    void whatHasNoWeightDoesNotCount() {
        var a = Tensor.vector(INF, NAN, 2, -3).withGrad();
        var w = Tensor.vector(0, -0f, 1, 0.5f);
        assertArrayEquals(new float[] {0, 0, 2, -1.5f}, a.weighted(w).toArray());
        assertArrayEquals(new float[] {0, 0, INF, 2},
                a.weighted(w).backward(Tensor.vector(NAN, INF, INF, 4)).of(a).toArray());
    }

    /** d/dz Σ√(max(z, 1) − 1) at [0, 2]: nothing comes back from where 1 won, although the root is steep there. */
    @Test
    void whatLostAMaximumGetsNoGradient() {
        var z = Tensor.vector(0, 2).withGrad();
        var one = Tensor.scalar(1);
        assertArrayEquals(new float[] {0, 0.5f}, z.maximum(one).minus(1).sqrt().sum().backward().of(z).toArray());
        var y = Tensor.vector(0, -2).withGrad();
        var below = y.minimum(Tensor.scalar(-1)).negate().minus(1).sqrt().sum();
        assertArrayEquals(new float[] {0, -0.5f}, below.backward().of(y).toArray());
        var row = Tensor.vector(1, 3).withGrad();
        assertArrayEquals(new float[] {0, INF}, row.max().backward(Tensor.scalar(INF)).of(row).toArray());
    }

    /** Python: −7 % 3 = 2 and 7 % −3 = −2; C: fmod(−7, 3) = −1 and fmod(7, −3) = 1. */
    @Test
    void remaindersHaveTheSignOfOneOperand() {
        var a = Tensor.vector(-7, 7, -7, 6, 5);
        var b = Tensor.vector(3, -3, -3, 3, INF);
        assertArrayEquals(new float[] {2, -2, -1, 0, 5}, a.remainder(b).toArray());
        assertArrayEquals(new float[] {-1, 1, -1, 0, 5}, a.fmod(b).toArray());
        assertEquals(NAN, Tensor.scalar(1).fmod(Tensor.scalar(0)).item());
        var divisor = Tensor.vector(3).withGrad();
        // −7 = −3·3 + 2 and −7 = −2·3 − 1.
        assertEquals(3, Tensor.vector(-7).remainder(divisor).sum().backward().of(divisor).item());
        assertEquals(2, Tensor.vector(-7).fmod(divisor).sum().backward().of(divisor).item());
    }

    @Test
    void termsOfAnEntropyVanishWithTheirWeight() {
        var p = Tensor.vector(0, 0, 2, 0).withGrad();
        var q = Tensor.vector(0, INF, 1, NAN);
        assertArrayEquals(new float[] {0, 0, 0, NAN}, p.xlogy(q).toArray());
        var r = Tensor.vector(0, 3).withGrad();
        assertArrayEquals(new float[] {0, 2 / 3f}, Tensor.vector(0, 2).xlogy(r).sum().backward().of(r).toArray());
    }

    @Test
    void powersOfTensorsHaveGradientsForBoth() {
        var base = Tensor.vector(0, 2, 3).withGrad();
        var exponent = Tensor.vector(2, 3, 0).withGrad();
        var gradients = base.pow(exponent).sum().backward();
        assertArrayEquals(new float[] {0, 12, 0}, gradients.of(base).toArray());
        assertArrayEquals(new float[] {0, (float) (8 * Math.log(2)), (float) Math.log(3)},
                gradients.of(exponent).toArray(), 1e-6f);
    }

    @Test
    void whatIsNotZeroIsTrue() {
        var a = Tensor.vector(0, 0, 2, NAN);
        var b = Tensor.vector(0, -1, 1, 0);
        assertArrayEquals(new float[] {0, 0, 1, 0}, a.and(b).toArray());
        assertArrayEquals(new float[] {0, 1, 1, 1}, a.or(b).toArray());
        assertArrayEquals(new float[] {0, 1, 0, 1}, a.xor(b).toArray());
        assertArrayEquals(new float[] {1, 1, 0, 0}, a.not().toArray());
    }
}
