package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MovementScoreTest {
    private static final double[] MOVED = {1, -2, 3, 0, 0, 0, -1, -1, 5};

    @Test
    void theScoreIsWhatWasRecorded() {
        var criterion = new MovementScore(Map.of("fc1.weight", MOVED));
        var layer = Cases.layer(new float[9]);

        assertArrayEquals(MOVED, Cases.weights(criterion, layer, Calibration.none()));
        assertArrayEquals(new double[] {2, 0, 3}, Cases.neurons(criterion, layer));
    }

    @Test
    void aWeightThatWasNotRecordedIsNamed() {
        var criterion = new MovementScore(Map.of("fc2.weight", MOVED));
        var e = assertThrows(
                IllegalArgumentException.class, () -> Cases.neurons(criterion, Cases.layer(new float[9])));

        assertTrue(e.getMessage().contains("fc1.weight"), e.getMessage());
    }
}
