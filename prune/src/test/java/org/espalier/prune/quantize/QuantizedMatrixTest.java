package org.espalier.prune.quantize;

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
        assertArrayEquals(new byte[] {127, 0, 2, 2, 0, -2, -2, 4}, matrix.values());
    }

    @Test
    void eachRowHasItsOwnScale() {
        var matrix = QuantizedMatrix.of(Tensor.of(Shape.of(3, 2), 254, -2, -0.25f, 0.125f, 0, 0));

        assertArrayEquals(new float[] {2, 0.25f / 127, 0}, matrix.scales());
        assertArrayEquals(new byte[] {127, -1, -127, 64, 0, 0}, matrix.values());
    }

    @Test
    void codesSaturate() {
        assertEquals(127, QuantizedMatrix.code(1e30f, 1));
        assertEquals(-127, QuantizedMatrix.code(-127.6f, 1));
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
        var elements = new QuantizedMatrix(256, codes, new float[] {0.125f}).dequantize().toArray();

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
            var matrix = new QuantizedMatrix(255, codes, new float[] {scale});

            assertArrayEquals(codes, QuantizedMatrix.of(matrix.dequantize()).values());
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

        assertArrayEquals(new byte[] {0, 0, 127, -127}, matrix.values());
        assertTrue(Float.isFinite(matrix.dequantize().toArray()[2]));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatIsNotFiniteIsRefused(float element) {
        assertThrows(
                IllegalArgumentException.class, () -> QuantizedMatrix.of(Tensor.of(Shape.of(1, 2), 1, element)));
        assertThrows(
                IllegalArgumentException.class, () -> new QuantizedMatrix(1, new byte[1], new float[] {element}));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThrows(ShapeException.class, () -> QuantizedMatrix.of(Tensor.zeros(Shape.of(3))));
        assertThrows(IllegalArgumentException.class, () -> new QuantizedMatrix(2, new byte[3], new float[1]));
        assertThrows(IllegalArgumentException.class, () -> new QuantizedMatrix(1, new byte[1], new float[] {-1}));
    }

    @Test
    void itIsAValue() {
        var codes = new byte[] {1, 2};
        var matrix = new QuantizedMatrix(2, codes, new float[] {1});
        codes[0] = 5;
        matrix.values()[1] = 5;

        assertEquals(new QuantizedMatrix(2, new byte[] {1, 2}, new float[] {1}), matrix);
        assertNotEquals(new QuantizedMatrix(2, new byte[] {1, 3}, new float[] {1}), matrix);
        assertEquals(6, matrix.bytes());
        assertEquals("QuantizedMatrix[1, 2]", matrix.toString());
    }
}
