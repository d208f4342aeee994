package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ScalarKernelsTest {
    private final Kernels scalar = Kernels.scalar();
    private final Random random = new Random(13);

    @Test
    void transposeMovesEveryElement() {
        for (int rows : new int[] {1, 3, 16, 17, 40}) {
            for (int cols : new int[] {1, 2, 16, 33}) {
                float[] x = FloatBits.normal(random, rows * cols + 2);
                float[] y = new float[rows * cols + 1];
                scalar.transpose(rows, cols, x, 2, y, 1);
                for (int r = 0; r < rows; r++) {
                    for (int c = 0; c < cols; c++) {
                        assertEquals(x[2 + r * cols + c], y[1 + c * rows + r]);
                    }
                }
            }
        }
    }

    @Test
    void softmaxAgreesWithDoublePrecision() {
        int cols = 37;
        float[] x = FloatBits.normal(random, 3 * cols);
        float[] y = new float[3 * cols];
        float[] logs = new float[3 * cols];
        scalar.softmax(3, cols, x, 0, y, 0);
        scalar.logSoftmax(3, cols, x, 0, logs, 0);
        for (int r = 0; r < 3; r++) {
            double sum = 0;
            for (int j = 0; j < cols; j++) {
                sum += Math.exp(x[r * cols + j]);
            }
            for (int j = 0; j < cols; j++) {
                double exact = Math.exp(x[r * cols + j]) / sum;
                assertEquals(exact, y[r * cols + j], exact * 1e-6);
                assertEquals(Math.log(exact), logs[r * cols + j], 2e-6);
            }
            assertEquals(Math.log(sum), scalar.logSumExp(x, r * cols, cols), 1e-6);
        }
    }

    @Test
    void softmaxOfLargeNumbersDoesNotOverflow() {
        float[] y = new float[3];
        scalar.softmax(new float[] {10000f, 10001f, 10002f}, 0, y, 0, 3);
        double sum = 1 + Math.exp(-1) + Math.exp(-2);
        assertEquals(Math.exp(-2) / sum, y[0], 1e-7);
        assertEquals(1 / sum, y[2], 1e-7);
        scalar.logSoftmax(new float[] {-10000f, 0f}, 0, y, 0, 2);
        assertEquals(-10000f, y[0]);
        assertEquals(0f, y[1]);
    }

    @Test
    void rowsOfInfinitiesAreAsDocumented() {
        float inf = Float.POSITIVE_INFINITY;
        float[] y = new float[2];
        scalar.softmax(new float[] {-inf, 0f}, 0, y, 0, 2);
        FloatBits.assertSame(new float[] {0f, 1f}, y, "one −∞");
        scalar.softmax(new float[] {-inf, -inf}, 0, y, 0, 2);
        assertTrue(Float.isNaN(y[0]) && Float.isNaN(y[1]));
        scalar.logSoftmax(new float[] {inf, 0f}, 0, y, 0, 2);
        assertTrue(Float.isNaN(y[0]) && Float.isNaN(y[1]));
        assertEquals(-inf, scalar.logSumExp(new float[] {-inf, -inf}, 0, 2));
        assertEquals(inf, scalar.logSumExp(new float[] {1f, inf}, 0, 2));
        assertEquals(-inf, scalar.logSumExp(new float[0], 0, 0));
        assertTrue(Float.isNaN(scalar.logSumExp(new float[] {1f, Float.NaN}, 0, 2)));
    }

    @Test
    void linearAddsTheBiasAfterTheProductAndThenActivates() {
        float[] x = {1, 2, 3, 4};
        float[] w = {1, 0, 0, 1, -1, -1};
        float[] bias = {9, 0.5f, -10, 2};
        float[] y = new float[8];
        scalar.linear(2, 3, 2, x, 0, w, 0, bias, 1, FusedActivation.RELU, y, 0, 4);
        FloatBits.assertSame(new float[] {1.5f, 0, 0, 0, 3.5f, 0, 0, 0}, y, "relu");
        scalar.linear(2, 3, 2, x, 0, w, 0, null, 0, FusedActivation.NONE, y, 0, 4);
        FloatBits.assertSame(new float[] {1, 2, -3, 0, 3, 4, -7, 0}, y, "no bias");
        scalar.linearPacked(2, x, 0, scalar.pack(true, 2, 3, w, 0, 2), bias, 1, FusedActivation.TANH, y, 0, 4);
        assertEquals(Math.tanh(1.5), y[0], 1e-7);
        assertEquals(Math.tanh(-5), y[6], 1e-7);
    }

    @Test
    void reluKeepsNanAndClearsMinusZero() {
        float[] y = new float[2];
        scalar.linear(2, 1, 1, new float[] {Float.NaN, -0f}, 0, new float[] {1}, 0, new float[] {-0f}, 0,
                FusedActivation.RELU, y, 0, 1);
        FloatBits.assertSame(new float[] {Float.NaN, 0f}, y, "relu");
    }

    @Test
    void gateSelects() {
        float[] y = {9, 9, 9, 9, 9, 9};
        float[] a = {0, Float.NaN, 1, -2, Float.NEGATIVE_INFINITY, 3};
        float[] b = {0, -1, Float.NaN, Float.MIN_VALUE, Float.POSITIVE_INFINITY, 0};
        scalar.reluBackward(a, 1, b, 1, y, 0, 5);
        FloatBits.assertSame(new float[] {0, 0, -2, Float.NEGATIVE_INFINITY, 0, 9}, y, "gate");
    }

    @Test
    void addToAdds() {
        float[] y = {1, 2, 3};
        scalar.addTo(new float[] {5, 6, 7}, 1, y, 1, 2);
        FloatBits.assertSame(new float[] {1, 8, 10}, y, "sum");
    }
}
