package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ReductionTest {
    private static final float INF = Float.POSITIVE_INFINITY;

    private final Tensor x = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

    @Test
    void axesAreFoldedAwayOrKeptWithSizeOne() {
        assertArrayEquals(new float[] {5, 7, 9}, x.sum(0).toArray());
        assertArrayEquals(new float[] {6, 15}, x.sum(-1).toArray());
        assertEquals(Shape.of(2, 1), x.sum(true, 1).shape());
        assertEquals(Shape.scalar(), x.sum().shape());
        assertEquals(21, x.sum().item());
        assertEquals(Shape.of(1, 1), x.max(true).shape());
        assertEquals(3.5f, x.mean().item());
        assertArrayEquals(new float[] {1, 4}, x.min(1).toArray());
        assertEquals(5, Tensor.scalar(5).sum().item());
    }

    @Test
    void axesThatDoNotTouchAreFoldedTogether() {
        var cube = Tensor.of(Shape.of(2, 2, 2), 1, 2, 4, 8, 16, 32, 64, 128);
        assertArrayEquals(new float[] {1 + 2 + 16 + 32, 4 + 8 + 64 + 128}, cube.sum(0, 2).toArray());
        assertArrayEquals(new float[] {32, 128}, cube.max(2, 0).toArray());
    }

    @Test
    void nothingHasASumOfZeroAndNoMean() {
        var empty = Tensor.zeros(Shape.of(0, 3));
        assertArrayEquals(new float[3], empty.sum(0).toArray());
        assertArrayEquals(new float[0], empty.sum(1).toArray());
        assertArrayEquals(new float[] {-INF, -INF, -INF}, empty.max(0).toArray());
        assertArrayEquals(new float[] {INF, INF, INF}, empty.min(0).toArray());
        assertTrue(Float.isNaN(empty.mean().item()));
        assertTrue(Float.isNaN(empty.variance(false).item()));
    }

    @Test
    void equalLargestElementsShareTheGradient() {
        var tied = Tensor.of(Shape.of(2, 3), 7, 1, 7, 2, 2, 2).withGrad();
        var gradient = tied.max(1).backward(Tensor.vector(1, 3)).of(tied);
        assertArrayEquals(new float[] {0.5f, 0, 0.5f, 1, 1, 1}, gradient.toArray(), 1e-6f);
    }

    @Test
    void theLargestOfARowWithNaNIsNaN() {
        var rows = Tensor.of(Shape.of(2, 2), Float.NaN, 1, 2, 3);
        assertArrayEquals(new float[] {Float.NaN, 3}, rows.max(1).toArray());
        assertArrayEquals(new float[] {Float.NaN, 3}, rows.max(0).toArray());
    }

    /** The published example of two-pass variance: a large mean does not swallow a small spread. */
    @Test
    void varianceIsThatOfThePopulationAndSurvivesALargeMean() {
        assertEquals(1.25f, Tensor.vector(1, 2, 3, 4).variance(false).item());
        assertEquals(22.5f, Tensor.vector(10_004, 10_007, 10_013, 10_016).variance(false).item(), 1e-3f);
        assertArrayEquals(new float[] {2.25f, 2.25f, 2.25f}, x.variance(true, 0).toArray());
    }

    /** A float chain over 100,000 rows would be off by about 1e-5; blocks keep it near one rounding. */
    @Test
    void columnSumsStayAccurateOverManyRows() {
        int rows = 100_000;
        int width = 3;
        float[] elements = new Values(5).floats(rows * width);
        var exact = new double[width];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = Math.abs(elements[i]);
            exact[i % width] += elements[i];
        }
        float[] sums = Tensor.of(Shape.of(rows, width), elements).sum(0).toArray();
        for (int column = 0; column < width; column++) {
            assertEquals(exact[column], sums[column], 4e-7 * exact[column]);
        }
    }

    /** The rule of blocks is part of the promise of equal bits: it depends on the number of rows alone. */
    @Test
    void columnSumsDoNotDependOnTheOtherColumns() {
        var wide = new Values(6).tensor(1000, 37);
        float[] sums = wide.sum(0).toArray();
        for (int column = 0; column < 37; column += 9) {
            float[] pair = Tensor.concat(1, wide.slice(1, column, column + 1), wide.slice(1, 0, 1)).sum(0).toArray();
            assertEquals(sums[column], pair[0]);
        }
    }

    @Test
    void axesGivenDirectlyMustAscendAndAreCopied() {
        assertThrows(IllegalArgumentException.class, () -> new Reduction.Sum(new int[] {1, 0}, false));
        assertThrows(IllegalArgumentException.class, () -> new Reduction.Max(new int[] {-1}, false));
        assertThrows(IllegalArgumentException.class, () -> new Reduction.Max(new int[] {1, 1}, false));
        int[] axes = {0};
        var sum = new Reduction.Sum(axes, false);
        axes[0] = 1;
        assertArrayEquals(new float[] {5, 7, 9}, sum.of(x).toArray());
    }

    @Test
    void anAxisThatIsNotThereIsRefusedByName() {
        var thrown = assertThrows(ShapeException.class, () -> x.mean(2));
        assertEquals("mean: no axis 2 in a tensor of rank 2: [2, 3]", thrown.getMessage());
        assertThrows(ShapeException.class, () -> x.sum(0, -2));
    }
}
