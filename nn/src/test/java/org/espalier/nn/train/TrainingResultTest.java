package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingResultTest {
    private final EpochRecord first = new EpochRecord(1, 0.1f, 2, 1, 0.9);
    private final EpochRecord second = new EpochRecord(2, 0.1f, 1, 1, 0.8);

    @Test
    void lastAndBestAreFound() {
        var history = new ArrayList<>(List.of(first, second));
        var result = new TrainingResult(history, 1, 20, TrainingResult.Ending.COMPLETED);
        history.clear();
        assertEquals(Optional.of(second), result.last());
        assertEquals(Optional.of(first), result.best());
    }

    @Test
    void anEmptyRunHasNeither() {
        var result = new TrainingResult(List.of(), 0, 3, TrainingResult.Ending.INTERRUPTED);
        assertTrue(result.last().isEmpty());
        assertTrue(result.best().isEmpty());
    }
}
