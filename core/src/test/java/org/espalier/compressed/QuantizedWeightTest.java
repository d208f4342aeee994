package org.espalier.compressed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuantizedWeightTest {
    /** Numbers that every form holds exactly. */
    private static final Tensor MATRIX = Tensor.of(Shape.of(2, 3), 0, 0.5f, -3.5f, 7, -0f, -1);

    private static List<QuantizedWeight> forms() {
        return List.of(
                QuantizedMatrix.of(MATRIX),
                QuantizedMatrix.of(MATRIX, 4),
                CodebookMatrix.of(MATRIX, 16),
                Bfloat16Matrix.of(MATRIX));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void zeroIsCodeZeroAndExactlyPositiveZero(QuantizedWeight codes) {
        float[] elements = codes.dequantize().toArray();

        for (int i : new int[] {0, 4}) {
            assertEquals(0, codes.code(i / 3, i % 3));
            assertEquals(0, Float.floatToRawIntBits(elements[i]));
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theMatrixKeepsItsShapeAndNearlyItsElements(QuantizedWeight codes) {
        var back = codes.dequantize();

        assertEquals(Shape.of(2, 3), back.shape());
        assertEquals(2, codes.rows());
        assertEquals(3, codes.columns());
        assertArrayEquals(MATRIX.toArray(), back.toArray(), 0.5f * 7 / 7);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void codesArePackedWithoutGaps(QuantizedWeight codes) {
        // 6 codes of 8, 4, 3 (5 values) and 16 bits
        var expected = List.of(6L, 3L, 3L, 12L);

        assertEquals(expected.get(forms().indexOf(codes)), codes.codeBytes());
    }
}
