package org.espalier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {
    @Test
    void eachHasItsTurnsAndALongOneCostsOneExecution() {
        var runs = new AtomicInteger();
        var times = Turns.of(List.of(runs::incrementAndGet, Thread::onSpinWait), 3, 1);

        assertEquals(2, times.size());
        assertTrue(times.stream().allMatch(turns -> turns.size() == 3), times::toString);
        assertTrue(times.stream().flatMap(List::stream).allMatch(time -> time > 0), times::toString);
        assertTrue(runs.get() >= 3);
    }

    @Test
    void aRatioIsOfTheSecondToTheFirstInTheSameTurn() {
        assertEquals(List.of(2.0, 0.5), Turns.ratios(List.of(List.of(1.0, 4.0), List.of(2.0, 2.0))));
    }
}
