package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchedulesTest {
    @Test
    void everyScheduleReadsBackFromItsText() {
        for (var schedule : List.of(
                new OneShot(),
                LinearSteps.steps(3),
                Cubic.steps(10),
                Exponential.steps(20),
                Cyclic.of(3, Cubic.steps(10)))) {
            assertEquals(schedule, Schedules.parse(schedule.text()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cubic", "cubic 0", "cubic -1", "square 3",
        "one-shot 2", "cyclic 2", "cyclic 2 one-shot"})
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Schedules.parse(text));
    }
}
