package org.espalier.compressed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class CodebookMatrixTest {

    @Test
    void centresMoveToTheMeanOfWhatIsNearest() {
        // Start: 1, 9 and the fixed 0. Nearest to 1: 1 and 2; to 9: 6, 8, 9. Means 1.5 and 23/3; then nothing changes.
        var matrix = CodebookMatrix.of(Tensor.of(Shape.of(1, 6), 1, 2, 0, 6, 8, 9), 3);

        assertArrayEquals(new float[] {0, 1.5f, 23 / 3f}, matrix.values());
        assertArrayEquals(new byte[] {1, 1, 0, 2, 2, 2}, matrix.codes());
        assertArrayEquals(
                new float[] {1.5f, 1.5f, 0, 23 / 3f, 23 / 3f, 23 / 3f}, matrix.dequantize().toArray());
    }

    @Test
    void negativeElementsGiveTheMirrorOfPositiveOnes() {
        // Start: 1, 3 and 0; nearest to 1 are 1 and 1.1, so the means are 1.05 and 3.
        var positive = CodebookMatrix.of(Tensor.of(Shape.of(1, 4), 1, 1.1f, 3, 0), 3);
        var negative = CodebookMatrix.of(Tensor.of(Shape.of(1, 4), -1, -1.1f, -3, 0), 3);

        assertArrayEquals(new float[] {0, 1.05f, 3}, positive.values());
        assertArrayEquals(new float[] {0, -3, -1.05f}, negative.values());
    }

    @Test
    void halfWayBetweenTwoValuesTheOneNearerToZeroIsTaken() {
        // Start: 0.5, 4 and 0; nearest to 0.5: 0.5, 0.5 and 2, mean 1; to 4: 4 and 4. Now 0.5 is half way between 0 and
        // 1
        // and goes to 0, so 1 moves to 2, and nothing changes any more.
        var matrix = Tensor.of(Shape.of(1, 6), 0.5f, 0.5f, 4, 4, 2, 0);
        var mirror = Tensor.of(Shape.of(1, 6), -0.5f, -0.5f, -4, -4, -2, 0);

        assertArrayEquals(new float[] {0, 2, 4}, CodebookMatrix.of(matrix, 3).values());
        assertArrayEquals(new float[] {0, -4, -2}, CodebookMatrix.of(mirror, 3).values());
        assertArrayEquals(new byte[] {0, 0, 1, 1, 2, 0}, CodebookMatrix.of(mirror, 3).codes());
    }

    @Test
    void aMatrixOfFewValuesKeepsThemExactly() {
        var weight = Tensor.of(Shape.of(2, 3), -4, 0.1f, 0.1f, 0, 3e-5f, -4);
        var matrix = CodebookMatrix.of(weight, 4);

        assertArrayEquals(new float[] {0, -4, 3e-5f, 0.1f}, matrix.values());
        assertArrayEquals(weight.toArray(), matrix.dequantize().toArray());
        assertEquals(2, matrix.bits());
        assertEquals(2 + 4 * 4, matrix.bytes());
    }

    @Test
    void eachElementTakesTheNearestValueAndMoreValuesAreNoWorse() {
        var weight = Rng.of(3).normal(Shape.of(20, 30), 1);
        double previous = Double.POSITIVE_INFINITY;
        for (int size : new int[] {2, 4, 16, 64, 256}) {
            var matrix = CodebookMatrix.of(weight, size);
            float[] back = matrix.dequantize().toArray();
            double error = 0;
            for (int i = 0; i < back.length; i++) {
                float w = weight.toArray()[i];
                double least = Double.POSITIVE_INFINITY;
                for (float value : matrix.values()) {
                    least = Math.min(least, Math.abs((double) w - value));
                }
                assertEquals(least, Math.abs((double) w - back[i]));
                error += least * least;
            }
            assertEquals(-1, Double.compare(error, previous));
            previous = error;
        }
    }

    @Test
    void all256CodesStandForTheirValues() {
        var codes = new byte[256];
        var values = new float[256];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) i;
            values[i] = i / 8f;
        }
        var matrix = new CodebookMatrix(16, 16, codes, values);

        assertArrayEquals(values, matrix.dequantize().toArray());
        assertEquals(255, matrix.code(15, 15));
        assertEquals(8, matrix.bits());
        assertArrayEquals(values, CodebookMatrix.of(matrix.dequantize(), 256).dequantize().toArray());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        float[] zero = {0};
        assertRefused(2, 2, new byte[3], zero);
        assertRefused(-1, -1, new byte[1], zero);
        assertRefused(1, 1, new byte[] {1}, zero);
        assertRefused(1, 1, new byte[] {-1}, new float[255]);
        assertRefused(1, 1, new byte[1], new float[0]);
        assertRefused(1, 1, new byte[1], new float[257]);
        assertRefused(1, 1, new byte[1], new float[] {-0f});
        assertRefused(1, 1, new byte[1], new float[] {0, Float.NaN});
        var matrix = Tensor.of(Shape.of(1, 1), Float.NaN);
        assertThrows(IllegalArgumentException.class, () -> CodebookMatrix.of(matrix, 4));
        assertThrows(IllegalArgumentException.class, () -> CodebookMatrix.of(matrix, 1));
        assertThrows(ShapeException.class, () -> CodebookMatrix.of(Tensor.zeros(Shape.of(1)), 4));
    }

    private static void assertRefused(int rows, int columns, byte[] codes, float[] values) {
        assertThrows(IllegalArgumentException.class, () -> new CodebookMatrix(rows, columns, codes, values));
    }

    @Test
    void itIsAValue() {
        var codes = new byte[] {1, 0};
        var matrix = new CodebookMatrix(1, 2, codes, new float[] {0, 5});
        codes[0] = 0;
        matrix.codes()[1] = 1;
        matrix.values()[1] = 1;

        assertEquals(new CodebookMatrix(1, 2, new byte[] {1, 0}, new float[] {0, 5}), matrix);
        assertNotEquals(new CodebookMatrix(2, 1, new byte[] {1, 0}, new float[] {0, 5}), matrix);
        assertEquals("CodebookMatrix[1, 2] of 2 values", matrix.toString());
    }
}
