package org.espalier.compressed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantizedMatrixTest {

    @Test
    void halvesGoToTheEvenCode() {
        // The scale is 127 / 127 = 1.
        var matrix = QuantizedMatrix.of(
                Tensor.of(Shape.of(1, 8), 127, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, 3.5000002f));

        assertArrayEquals(new float[] {1}, matrix.scales());
        assertArrayEquals(new byte[] {127, 0, 2, 2, 0, -2, -2, 4}, matrix.codes());
    }

    @Test
    void eachRowHasItsOwnScale() {
        var matrix = QuantizedMatrix.of(Tensor.of(Shape.of(3, 2), 254, -2, -0.25f, 0.125f, 0, 0));

        assertArrayEquals(new float[] {2, 0.25f / 127, 0}, matrix.scales());
        assertArrayEquals(new byte[] {127, -1, -127, 64, 0, 0}, matrix.codes());
    }

    @Test
    void codesSaturate() {
        assertEquals(127, QuantizedMatrix.code(1e30f, 1, 8));
        assertEquals(-128, QuantizedMatrix.code(-127.6f, 1, 8));
        assertEquals(-128, QuantizedMatrix.code(-1e30f, 1, 8));
        // −128 times this scale would be beyond the floats
        assertEquals(-127, QuantizedMatrix.code(-Float.MAX_VALUE, Float.MAX_VALUE / 127.9f, 8));
    }

    @Test
    void zeroIsExactAndPositiveWhateverItsSign() {
        var back = QuantizedMatrix.of(Tensor.of(Shape.of(1, 4), -0f, 0, 9, -1e-6f)).dequantize().toArray();

        for (int i : new int[] {0, 1, 3}) {
            assertEquals(0, Float.floatToRawIntBits(back[i]));
        }
    }

    @Test
    void all256CodesStandForTheirMultiples() {
        var codes = new byte[256];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (i - 128);
        }
        var elements = new QuantizedMatrix(8, 256, codes, new float[] {0.125f}).dequantize().toArray();

        for (int i = 0; i < elements.length; i++) {
            assertEquals((i - 128) / 8f, elements[i]);
        }
    }

    @Test
    void everyCodeButTheLowestComesBackAsItself() {
        for (float scale : new float[] {1, 0.1f, 3e-30f, 1e30f}) {
            var codes = new byte[255];
            for (int i = 0; i < codes.length; i++) {
                codes[i] = (byte) (i - 127);
            }
            var matrix = new QuantizedMatrix(8, 255, codes, new float[] {scale});

            assertArrayEquals(codes, QuantizedMatrix.of(matrix.dequantize()).codes());
        }
    }

    @Test
    void elementsAreOffByHalfAScaleAtMost() {
        var weight = Rng.of(1).normal(Shape.of(20, 50), 1);
        var matrix = QuantizedMatrix.of(weight);
        var back = matrix.dequantize().toArray();

        for (int i = 0; i < back.length; i++) {
            double bound = 0.5 * matrix.scales()[i / 50] * (1 + 1e-5);
            assertEquals(weight.toArray()[i], back[i], bound);
        }
    }

    @Test
    void theSmallestNumbersBecomeZerosAndTheLargestStayFinite() {
        var matrix = QuantizedMatrix.of(
                Tensor.of(Shape.of(2, 2), Float.MIN_VALUE, 0, Float.MAX_VALUE, -Float.MAX_VALUE));

        assertArrayEquals(new byte[] {0, 0, 127, -127}, matrix.codes());
        assertTrue(Float.isFinite(matrix.dequantize().toArray()[2]));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatIsNotFiniteIsRefused(float element) {
        assertThrows(
                IllegalArgumentException.class, () -> QuantizedMatrix.of(Tensor.of(Shape.of(1, 2), 1, element)));
        assertThrows(
                IllegalArgumentException.class, () -> new QuantizedMatrix(8, 1, new byte[1], new float[] {element}));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThrows(ShapeException.class, () -> QuantizedMatrix.of(Tensor.zeros(Shape.of(3))));
        assertThrows(IllegalArgumentException.class, () -> new QuantizedMatrix(8, 2, new byte[3], new float[1]));
        assertThrows(IllegalArgumentException.class, () -> new QuantizedMatrix(8, 1, new byte[1], new float[] {-1}));
        for (int bits : new int[] {1, 9}) {
            assertThrows(IllegalArgumentException.class, () -> new QuantizedMatrix(bits, 1, new byte[1], new float[1]));
        }
        var matrix = Tensor.zeros(Shape.of(2, 1));
        assertThrows(IllegalArgumentException.class, () -> QuantizedMatrix.of(matrix, 8, new float[1]));
    }

    @Test
    void codesThatGoWithNoFiniteElementAreRefused() {
        assertRefused(4, 8, 1);
        assertRefused(4, -9, 1);
        assertRefused(8, -1, 0);
        assertRefused(8, -128, Float.MAX_VALUE / 127);
        assertEquals(-8, new QuantizedMatrix(4, 1, new byte[] {-8}, new float[] {1}).dequantize().item());
    }

    private static void assertRefused(int bits, int code, float scale) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new QuantizedMatrix(bits, 1, new byte[] {(byte) code}, new float[] {scale}));
    }

    @Test
    void fourBitsReachFromMinusSevenToSeven() {
        var matrix = QuantizedMatrix.of(Tensor.of(Shape.of(2, 3), 7, -6.5f, 5.5f, -14, 1, 3), 4);

        assertArrayEquals(new float[] {1, 2}, matrix.scales());
        assertArrayEquals(new byte[] {7, -6, 6, -7, 0, 2}, matrix.codes());
        assertEquals(-7, matrix.code(1, 0));
        assertEquals(3, matrix.codeBytes());
        assertEquals(3 + 8, matrix.bytes());
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.code(0, 3));
    }

    @Test
    void whatIsTooLargeForAGivenScaleSaturates() {
        var matrix = QuantizedMatrix.of(Tensor.of(Shape.of(1, 3), 9, -100, 1), 4, new float[] {1});

        assertArrayEquals(new byte[] {7, -8, 1}, matrix.codes());
    }

    @Test
    void theLeastCodeSurvivesBeingDequantizedAndQuantizedAgain() {
        for (int bits = 2; bits <= 8; bits++) {
            var codes = new byte[] {(byte) -(1 << bits - 1)};
            var matrix = new QuantizedMatrix(bits, 1, codes, new float[] {1});

            assertEquals(matrix, QuantizedMatrix.of(matrix.dequantize(), bits, matrix.scales()));
        }
    }

    @Test
    void itIsAValue() {
        var codes = new byte[] {1, 2};
        var matrix = new QuantizedMatrix(8, 2, codes, new float[] {1});
        codes[0] = 5;
        matrix.codes()[1] = 5;

        assertEquals(new QuantizedMatrix(8, 2, new byte[] {1, 2}, new float[] {1}), matrix);
        assertNotEquals(new QuantizedMatrix(8, 2, new byte[] {1, 3}, new float[] {1}), matrix);
        assertEquals(6, matrix.bytes());
        assertEquals("QuantizedMatrix[1, 2] of 8 bits", matrix.toString());
    }
}
