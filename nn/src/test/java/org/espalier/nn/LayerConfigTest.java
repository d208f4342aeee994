package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.io.FormatException;
import org.espalier.tensor.Rng;
import org.junit.jupiter.api.Test;

class LayerConfigTest {

    @Test
    void attributesAreWrittenWithTheDigitsOfTheFloat() {
        var config = LayerConfig.of("test").with("rows", 3).with("rate", 0.1f);

        assertEquals("test", config.kind());
        assertEquals("{\"rows\":3,\"rate\":0.1}", config.attributes().compact());
    }

    @Test
    void everyFiniteFloatComesBack() throws FormatException {
        var rng = Rng.of(1);
        for (int i = 0; i < 2000; i++) {
            float value = Float.intBitsToFloat(rng.nextInt());
            if (Float.isFinite(value)) {
                var config = LayerConfig.of("test").with("x", value);
                assertEquals(value, (float) config.attributes().number("x"));
            }
        }
        assertThrows(IllegalArgumentException.class, () -> LayerConfig.of("test").with("x", Float.NaN));
    }
}
