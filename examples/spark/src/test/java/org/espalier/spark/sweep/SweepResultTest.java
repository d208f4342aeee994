package org.espalier.spark.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.espalier.spark.sweep.SweepResult.Entry;
import org.junit.jupiter.api.Test;

class SweepResultTest {
    /** A number. */
    record One(int value) {}

    @Test
    void theSummaryCountsWhatWasDoneAndWhatFailed() {
        var result = new SweepResult<>(List.of(
                new Entry<>(new One(1), Optional.of(new One(10)), "", false),
                new Entry<>(new One(2), Optional.<One>empty(), "no", false),
                new Entry<>(new One(3), Optional.of(new One(30)), "", true)));
        assertEquals(List.of(new One(10), new One(30)), result.results());
        assertEquals("3 configurations: 1 done now, 1 before, 1 failed\nOne[value=2]: no", result.summary());
    }
}
