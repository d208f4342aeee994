package org.espalier.compressed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class EncodingTest {
    static List<Encoding> all() {
        return List.of(
                Encoding.float32(),
                Encoding.bfloat16(),
                Encoding.intPerRow(8),
                Encoding.intPerRow(4),
                Encoding.intPerRow(5),
                Encoding.intPerTensor(8),
                Encoding.codebook(4),
                Encoding.codebook(1),
                Encoding.codebook(8));
    }

    @Test
    void theTextSaysWhichItIs() {
        var texts = List.of("f32", "bf16", "int8", "int4", "int5", "int8/1", "codebook4", "codebook1", "codebook8");

        assertEquals(texts, all().stream().map(Encoding::toString).toList());
        for (var encoding : all()) {
            assertEquals(encoding, Encoding.parse(encoding.toString()));
            assertEquals(encoding.hashCode(), Encoding.parse(encoding.toString()).hashCode());
        }
        assertNotEquals(Encoding.intPerRow(8), Encoding.intPerRow(4));
        assertNotEquals(Encoding.intPerRow(8), Encoding.intPerTensor(8));
    }

    @Test
    void bitsHaveLimits() {
        assertThrows(IllegalArgumentException.class, () -> Encoding.intPerRow(1));
        assertThrows(IllegalArgumentException.class, () -> Encoding.intPerRow(9));
        assertThrows(IllegalArgumentException.class, () -> Encoding.codebook(0));
        assertThrows(IllegalArgumentException.class, () -> Encoding.codebook(9));
    }
}
