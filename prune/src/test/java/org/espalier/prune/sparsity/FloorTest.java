package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FloorTest {
    @Test
    void theLargerOfBothRulesHolds() {
        assertEquals(3, Floor.units(3).of(10));
        assertEquals(4, Floor.share(0.31).of(10));
        assertEquals(5, new Floor(5, 0.31).of(10));
        assertEquals(0, Floor.NONE.of(10));
    }

    @Test
    void aFloorIsNeverAboveTheLayer() {
        assertEquals(2, Floor.units(3).of(2));
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Floor.units(-1));
        assertThrows(IllegalArgumentException.class, () -> Floor.share(1.5));
        assertThrows(IllegalArgumentException.class, () -> Floor.share(Double.NaN));
    }
}
