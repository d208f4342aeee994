package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RequireTest {

    @Test
    void goodValuesAreReturned() {
        assertEquals(0f, Require.nonNegative("x", 0));
        assertEquals(1e-9f, Require.positive("x", 1e-9f));
        assertEquals(0f, Require.share("x", 0));
        assertEquals(0.9f, Require.share("x", 0.9f));
        assertEquals(1, Require.atLeastOne("x", 1));
    }

    @Test
    void badValuesAreNamed() {
        for (float bad : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> Require.nonNegative("x", bad));
            assertThrows(IllegalArgumentException.class, () -> Require.positive("x", bad));
            assertThrows(IllegalArgumentException.class, () -> Require.share("x", bad));
        }
        assertThrows(IllegalArgumentException.class, () -> Require.positive("x", 0));
        assertThrows(IllegalArgumentException.class, () -> Require.share("x", 1));
        var thrown = assertThrows(IllegalArgumentException.class, () -> Require.atLeastOne("epochs", 0));
        assertEquals("epochs must be at least 1, not 0", thrown.getMessage());
    }
}
