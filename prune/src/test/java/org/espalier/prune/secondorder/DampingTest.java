package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DampingTest {
    @Test
    void onlyAnUnusualDampingIsSaid() {
        assertEquals("", Damping.suffix(0.01));
        assertEquals(" damping 0.5", Damping.suffix(0.5));
    }

    @Test
    void itIsFiniteAndNotNegative() {
        Damping.require(0);
        assertThrows(IllegalArgumentException.class, () -> Damping.require(-0.1));
        assertThrows(IllegalArgumentException.class, () -> Damping.require(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Damping.require(Double.POSITIVE_INFINITY));
    }
}
