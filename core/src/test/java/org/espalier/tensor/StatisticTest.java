package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StatisticTest {
    private static final float NAN = Float.NaN;

    /** The mean of n equal numbers is that number, whatever the number and n; by float sums a third of them are not. */
    @Test
    void equalNumbersHaveThatMeanAndNoVariance() {
        var values = new Values(3);
        for (int n : new int[] {1, 2, 3, 7, 10, 33, 100, 1000}) {
            for (int round = 0; round < 50; round++) {
                float x = (float) (values.between(-1, 1) * Math.pow(10, values.between(-30, 30)));
                var row = Tensor.full(Shape.of(n), x);
                assertEquals(x, row.mean().item());
                assertEquals(0, row.variance().item());
                assertEquals(0, row.std().item());
                var columns = Tensor.full(Shape.of(n, 3), x);
                assertArrayEquals(new float[] {x, x, x}, columns.mean(0).toArray());
                assertArrayEquals(new float[3], columns.variance(0).toArray());
                assertArrayEquals(new float[3 * n], columns.center(0).toArray());
            }
        }
    }

    @Test
    void bigNumbersKeepTheirSpread() {
        // Mean 16777218 ⅔; deviations −2⅔, −⅔, 3⅓; variance (64 + 4 + 100) / 27 = 6.2222.
        var x = Tensor.vector(16777216, 16777218, 16777222);
        assertEquals(168 / 27f, x.variance().item(), 1e-6f);
        assertEquals(9.333333f, x.variance(1, false).item(), 1e-6f);
        assertArrayEquals(new float[] {-8 / 3f, -2 / 3f, 10 / 3f}, x.center().toArray(), 1e-6f);
        assertEquals(2.4944383f, x.std().item(), 1e-6f);
    }

    @Test
    void deviationsAndNormsDoNotOverflowInBetween() {
        assertEquals(1e20f, Tensor.vector(2e20f, 0).std().item(), 1e14f);
        assertEquals(5e20f, Tensor.vector(3e20f, -4e20f).norm().item(), 1e14f);
        assertEquals(5e-30f, Tensor.vector(3e-30f, -4e-30f).norm().item(), 1e-36f);
        assertEquals(Float.POSITIVE_INFINITY, Tensor.vector(3e20f, 0).variance().item());
    }

    @Test
    void theCorrectionIsTakenFromTheCount() {
        var x = Tensor.vector(1, 2, 3, 4);
        assertEquals(1.25f, x.variance().item());
        assertEquals(5 / 3f, x.variance(1, false).item());
        assertEquals((float) Math.sqrt(5 / 3.0), x.std(1, false).item());
        assertEquals(NAN, Tensor.scalar(1).variance(1, false).item());
        assertEquals(NAN, Tensor.vector().std().item());
        assertEquals(Shape.of(1, 1), x.reshape(2, 2).std(0, true).shape());
    }

    /** A penalty on the norm of a weight that is all zeros must not end a run. */
    @Test
    void theGradientOfANormOrDeviationOfZeroIsZero() {
        var zeros = Tensor.zeros(Shape.of(2, 3)).withGrad();
        assertArrayEquals(new float[6], zeros.norm().backward().of(zeros).toArray());
        assertArrayEquals(new float[6], zeros.norm(1).sum().backward().of(zeros).toArray());
        assertArrayEquals(new float[6], zeros.std().backward().of(zeros).toArray());
        var again = zeros.norm().backwardWithGraph().of(zeros).sum().backward().of(zeros);
        assertArrayEquals(new float[6], again.toArray());
        var x = Tensor.matrix(new float[] {3, -4}, new float[] {0, 0}).withGrad();
        assertArrayEquals(new float[] {0.6f, -0.8f, 0, 0}, x.norm(1).sum().backward().of(x).toArray(), 1e-7f);
    }

    @Test
    void axesThatDoNotTouchAreFoldedTogether() {
        var cube = Tensor.of(Shape.of(2, 2, 2), 1, 2, 4, 8, 16, 32, 64, 128);
        assertArrayEquals(new float[] {51 / 4f, 204 / 4f}, cube.mean(0, 2).toArray());
        float[] norms = {(float) Math.sqrt(1 + 4 + 256 + 1024), (float) Math.sqrt(16 + 64 + 4096 + 16384)};
        assertArrayEquals(norms, cube.norm(0, 2).toArray());
    }
}
