package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.compressed.Bfloat16Matrix;
import org.espalier.compressed.CodebookMatrix;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFormatTest {

    @Test
    void eachFormHasItsCodes() {
        var weight = Rng.of(1).normal(Shape.of(3, 5), 1);

        assertEquals(QuantizedMatrix.of(weight), WeightFormat.int8().codes(weight));
        assertEquals(QuantizedMatrix.of(weight, 4), WeightFormat.int4().codes(weight));
        assertEquals(CodebookMatrix.of(weight, 8), WeightFormat.codebook(8).codes(weight));
        assertEquals(Bfloat16Matrix.of(weight), WeightFormat.bfloat16().codes(weight));
    }

    @Test
    void theTextIsReadBack() {
        var formats = List.of(
                WeightFormat.int8(), WeightFormat.int4(), WeightFormat.codebook(16), WeightFormat.bfloat16());
        for (var format : formats) {
            assertEquals(format, WeightFormat.parse(format.text()));
        }
        assertEquals(
                List.of("int8", "int4", "codebook 16", "bfloat16"),
                formats.stream().map(WeightFormat::text).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "int", "int1", "int9", "codebook 1", "codebook 257", "codebook x", "float8"})
    void whatIsNoFormatIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> WeightFormat.parse(text));
    }
}
