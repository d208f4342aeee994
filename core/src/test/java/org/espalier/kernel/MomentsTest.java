package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {
    private static final Random RANDOM = new Random(1);

    private static double exactSum(float[] x, int from, int n) {
        var sum = BigDecimal.ZERO;
        for (int i = from; i < from + n; i++) {
            sum = sum.add(new BigDecimal(x[i]));
        }
        return sum.doubleValue();
    }

    private static double exactSquares(float[] x, int from, int n, double center) {
        var sum = BigDecimal.ZERO;
        for (int i = from; i < from + n; i++) {
            var distance = new BigDecimal(x[i]).subtract(new BigDecimal(center));
            sum = sum.add(distance.multiply(distance));
        }
        return sum.doubleValue();
    }

    @Test
    void sumsAreThoseOfExactArithmeticForEveryLength() {
        float[] x = FloatBits.normal(RANDOM, 1030);
        for (int n = 0; n < 20; n++) {
            assertEquals(exactSum(x, 3, n), Moments.sum(x, 3, n), 1e-14 * n);
            assertEquals(exactSquares(x, 3, n, 0.25), Moments.squares(x, 3, n, 0.25), 1e-14 * n);
        }
        assertEquals(exactSum(x, 5, 1021), Moments.sum(x, 5, 1021), 1e-12);
    }

    @Test
    void columnsAreSummedDownTheRows() {
        float[] x = FloatBits.normal(RANDOM, 7 + 5 * 11);
        var sums = new double[3];
        var squares = new double[3];
        Moments.sums(x, 7, 5, 11, sums);
        Moments.squares(x, 7, 5, 11, new double[] {0, 1, 2}, squares);
        for (int column = 0; column < 3; column++) {
            var down = new float[5];
            for (int row = 0; row < 5; row++) {
                down[row] = x[7 + 11 * row + column];
            }
            assertEquals(exactSum(down, 0, 5), sums[column], 1e-14);
            assertEquals(exactSquares(down, 0, 5, column), squares[column], 1e-13);
        }
    }

    @Test
    void equalNumbersAddUpExactly() {
        for (int n : new int[] {3, 10, 1000, 99_999}) {
            var x = new float[n];
            Arrays.fill(x, 0.1f);
            assertEquals(0.1f, (float) (Moments.sum(x, 0, n) / n));
            assertEquals(0, Moments.squares(x, 0, n, Moments.sum(x, 0, n) / n));
        }
    }
}
