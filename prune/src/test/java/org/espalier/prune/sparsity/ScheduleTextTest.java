package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTextTest {
    @Test
    void everyScheduleReadsBackFromItsText() {
        for (var schedule : List.of(
                SparsitySchedule.oneShot(),
                SparsitySchedule.linear(3),
                SparsitySchedule.cubic(10),
                SparsitySchedule.exponential(20),
                SparsitySchedule.cyclic(3, SparsitySchedule.cubic(10)))) {
            assertEquals(schedule, SparsitySchedule.parse(schedule.text()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cubic", "cubic 0", "cubic -1", "square 3",
        "one-shot 2", "cyclic 2", "cyclic 2 one-shot"})
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> SparsitySchedule.parse(text));
    }
}
