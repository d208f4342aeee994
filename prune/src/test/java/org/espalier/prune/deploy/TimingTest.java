package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TimingTest {
    @Test
    void theShorterMeasurementCountsAndTheOtherSaysHowSureItIs() {
        assertEquals(new Timing(8, 0.25), Timing.of(10, 8));
        assertEquals(new Timing(8, 0.25), Timing.of(8, 10));
    }

    @Test
    void onlyAGainBeyondTheNoiseCounts() {
        assertTrue(new Timing(70, 0).beats(new Timing(100, 0), 0.95));
        assertFalse(new Timing(96, 0).beats(new Timing(100, 0), 0.95));
        assertFalse(new Timing(70, 0.4).beats(new Timing(100, 0), 0.95));
        assertFalse(new Timing(70, 0).beats(new Timing(100, 0.4), 0.95));
    }
}
