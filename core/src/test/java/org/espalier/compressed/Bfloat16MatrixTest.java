package org.espalier.compressed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class Bfloat16MatrixTest {

    @Test
    void halvesGoToTheEvenCode() {
        // Steps at 1 are of 2⁻⁷.
        var matrix = Bfloat16Matrix.of(Tensor.of(Shape.of(1, 5), 1, 1 + 0x1p-8f, 1 + 3 * 0x1p-8f, -1 - 0x1p-8f,
                1 + 0x1p-8f + 0x1p-20f));

        assertArrayEquals(
                new float[] {1, 1, 1 + 4 * 0x1p-8f, -1, 1 + 0x1p-7f}, matrix.dequantize().toArray());
        assertEquals(0x3F80, matrix.code(0, 0));
        assertEquals(0xBF80, matrix.code(0, 3));
    }

    @Test
    void everyFiniteCodeComesBackAsItself() {
        var codes = new short[2 * 255 * 128];
        int count = 0;
        for (int bits = 0; bits < 1 << 16; bits++) {
            if ((bits & 0x7F80) != 0x7F80) {
                codes[count++] = (short) bits;
            }
        }
        var matrix = new Bfloat16Matrix(1, codes.length, codes);

        assertEquals(codes.length, count);
        assertEquals(matrix, Bfloat16Matrix.of(matrix.dequantize()));
    }

    @Test
    void whatIsBeyondTheLargestSaturatesAndNegativeZeroIsZero() {
        var matrix = Bfloat16Matrix.of(Tensor.of(Shape.of(1, 3), Float.MAX_VALUE, -Float.MAX_VALUE, -1e-45f));

        assertEquals(0x7F7F, matrix.code(0, 0));
        assertEquals(0xFF7F, matrix.code(0, 1));
        assertEquals(0, matrix.code(0, 2));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Bfloat16Matrix(2, 2, new short[3]));
        for (int bits : new int[] {0x7F80, 0xFF80, 0x7FC0}) {
            assertThrows(IllegalArgumentException.class, () -> new Bfloat16Matrix(1, 1, new short[] {(short) bits}));
        }
        var matrix = Tensor.of(Shape.of(1, 1), Float.NaN);
        assertThrows(IllegalArgumentException.class, () -> Bfloat16Matrix.of(matrix));
        assertThrows(ShapeException.class, () -> Bfloat16Matrix.of(Tensor.zeros(Shape.of(1))));
    }

    @Test
    void itIsAValue() {
        var codes = new short[] {0x3F80, 0};
        var matrix = new Bfloat16Matrix(1, 2, codes);
        codes[0] = 0;
        matrix.codes()[1] = 1;

        assertEquals(new Bfloat16Matrix(1, 2, new short[] {0x3F80, 0}), matrix);
        assertNotEquals(new Bfloat16Matrix(2, 1, new short[] {0x3F80, 0}), matrix);
        assertEquals(4, matrix.bytes());
        assertEquals("Bfloat16Matrix[1, 2]", matrix.toString());
    }
}
