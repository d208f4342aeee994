package org.espalier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClockCheckTest {

    @Test
    void theFastestChainTellsTheClockAndTheOthersWhatWasLost() {
        // 200,000 dependent operations in 50 µs; of 250 µs, four chains need 200
        var check = ClockCheck.of(50_000, 50_000, 100_000, 50_000);

        assertEquals(4, check.gigahertz());
        assertEquals(0.2, check.lost(), 1e-12);
    }

    @Test
    void aSlowClockAndLostTimeAreDisturbances() {
        assertFalse(new ClockCheck(3.8, 0.05).isDisturbed(4));
        assertTrue(new ClockCheck(3.7, 0.05).isDisturbed(4));
        assertTrue(new ClockCheck(4, 0.1).isDisturbed(4));
    }

    @Test
    void thisMachineHasAClock() {
        var check = ClockCheck.measure();

        assertTrue(check.gigahertz() > 0.1 && check.gigahertz() < 20, check::toString);
        assertTrue(check.lost() >= 0 && check.lost() < 1, check::toString);
    }
}
