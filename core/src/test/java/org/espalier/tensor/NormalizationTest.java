package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class NormalizationTest {
    /** Rows of large numbers: float means and variances would be off in the first digit. */
    @Test
    void valuesAreThoseOfExactMoments() {
        // Deviations −8/3, −2/3, 10/3 over √(56/9) (hand).
        var x = Tensor.vector(16777216, 16777218, 16777222);
        double deviation = Math.sqrt(56 / 9.0);
        float[] expected = {(float) (-8 / 3.0 / deviation), (float) (-2 / 3.0 / deviation),
            (float) (10 / 3.0 / deviation)};
        assertArrayEquals(expected, x.normalize(0).toArray(), 1e-7f);
        assertArrayEquals(expected, x.reshape(3, 1).normalize(0, 0).toArray(), 1e-7f);
    }

    /**
     * For g = (1, 0, 0): (g − mean(g) − y·mean(g·y)) / σ with y = (−8, −2, 10) / 3σ, σ² = 56/9: 1/σ·(2/3 − 64/168,
     * −1/3 − 16/168, −1/3 + 80/168) = (.1145406, −.1718108, .0572703).
     */
    @Test
    void theGradientIsThatOfTheValue() {
        var x = Tensor.vector(16777216, 16777218, 16777222).withGrad();
        var gradient = x.normalize(0).backward(Tensor.vector(1, 0, 0)).of(x);
        assertArrayEquals(new float[] {0.1145406f, -0.1718108f, 0.0572703f}, gradient.toArray(), 2e-7f);
        var big = Tensor.vector(1e20f, 2e20f, 4e20f).withGrad();
        float[] found = big.normalize(1e-5f).backward(Tensor.vector(1, 0, 0)).of(big).toArray();
        // Deviations (−4, −1, 5)/3·10²⁰, σ² = 14/9·10⁴⁰: (2/3 − 16/42, −1/3 − 4/42, −1/3 + 20/42) / σ.
        double sigma = Math.sqrt(14 / 9.0) * 1e20;
        assertEquals((2 / 3.0 - 16 / 42.0) / sigma, found[0], 1e-27);
        assertEquals((-1 / 3.0 - 4 / 42.0) / sigma, found[1], 1e-27);
        assertEquals((-1 / 3.0 + 20 / 42.0) / sigma, found[2], 1e-27);
    }

    @Test
    void constantColumnsBecomeZero() {
        var x = Tensor.full(Shape.of(32, 2), 20240101);
        assertArrayEquals(new float[64], x.normalize(1e-5f, 0).toArray());
        var leaf = x.withGrad();
        var gradient = leaf.normalize(1e-5f, 0).backward(Tensor.ones(x.shape())).of(leaf);
        assertArrayEquals(new float[64], gradient.toArray());
    }

    @Test
    void severalAxesAreNormalizedAsOne() {
        var x = new Values(4).tensor(2, 3, 4);
        var whole = x.normalize(1e-5f, 0, 1, 2);
        assertArrayEquals(x.reshape(1, 24).normalize(1e-5f).toArray(), whole.toArray());
        var outer = x.normalize(1e-5f, 0, 2);
        for (int middle = 0; middle < 3; middle++) {
            var alone = x.slice(1, middle, middle + 1);
            assertArrayEquals(alone.reshape(1, 8).normalize(1e-5f).toArray(),
                    outer.slice(1, middle, middle + 1).toArray());
        }
        assertEquals(0, Tensor.scalar(5).center().item());
        assertEquals(Shape.scalar(), Tensor.scalar(5).center().shape());
    }

    @Test
    void anAxisThatIsNotThereIsRefused() {
        var thrown = assertThrows(ShapeException.class, () -> Tensor.zeros(Shape.of(2)).center(1));
        assertEquals("center: no axis 1 in a tensor of rank 1: [2]", thrown.getMessage());
    }
}
