package org.espalier.compressed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationScaleTest {

    @ParameterizedTest
    @CsvSource({
        // least, largest, scale, zero point: (largest − least)/255 and −128 − least/scale
        "0, 255, 1, -128",
        "-128, 127, 1, 0",
        "-255, 0, 1, 127",
        "-1, 4.1, 0.02, -78",
        "10, 510, 2, -128", // reaches to zero
        "-510, -10, 2, 127",
        "0, 0, 1, -128"
    })
    void theCodesReachOverTheRangeAndZero(float least, float largest, float scale, int zeroPoint) {
        assertEquals(new ActivationScale(scale, zeroPoint), ActivationScale.of(least, largest));
    }

    @Test
    void halvesGoToTheEvenCodeAndWhatIsBeyondSaturates() {
        var scale = new ActivationScale(2, 3);

        // x/2 to the nearest even integer, plus 3
        assertEquals(3, scale.code(1));
        assertEquals(5, scale.code(3));
        assertEquals(5, scale.code(5));
        assertEquals(1, scale.code(-5));
        assertEquals(127, scale.code(1e30f));
        assertEquals(-128, scale.code(Float.NEGATIVE_INFINITY));
    }

    @Test
    void all256CodesComeBackAsThemselves() {
        for (var scale : new ActivationScale[] {ActivationScale.of(-0.3f, 1.7f), ActivationScale.of(0, 6)}) {
            for (int code = -128; code <= 127; code++) {
                assertEquals(code, scale.code(scale.value(code)));
            }
            assertEquals(0, Float.floatToRawIntBits(scale.value(scale.code(0))));
        }
    }

    @Test
    void itSaysWhereCodesEnd() {
        var scale = new ActivationScale(0.5f, -100);

        assertEquals(-14, scale.least());
        assertEquals(113.5f, scale.largest());
    }

    @Test
    void whatIsNoScaleIsRefused() {
        for (float scale : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> new ActivationScale(scale, 0));
        }
        assertThrows(IllegalArgumentException.class, () -> new ActivationScale(1, 128));
        assertThrows(IllegalArgumentException.class, () -> new ActivationScale(1, -129));
        assertThrows(IllegalArgumentException.class, () -> ActivationScale.of(2, 1));
        assertThrows(IllegalArgumentException.class, () -> ActivationScale.of(0, Float.NaN));
        assertThrows(IllegalArgumentException.class, () -> new ActivationScale(1, 0).code(Float.NaN));
    }
}
