package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DampingTest {
    @Test
    void itIsFiniteAndNotNegative() {
        Damping.require(0);
        assertThrows(IllegalArgumentException.class, () -> Damping.require(-0.1));
        assertThrows(IllegalArgumentException.class, () -> Damping.require(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Damping.require(Double.POSITIVE_INFINITY));
    }
}
