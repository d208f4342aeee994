package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayerLatencyTest {
    /** 2 or 4 rows, 10 or 20 columns, and 8 or 40 kept weights. */
    private static final LayerLatency TIMES = new LayerLatency(
            "fc1",
            List.of(2, 4),
            List.of(10, 20),
            List.of(List.of(1.0, 2.0), List.of(3.0, 6.0)),
            List.of(8, 40),
            List.of(0.5, 4.5));

    @Test
    void measuredSizesHaveTheMeasuredTimes() {
        assertEquals(6, TIMES.micros(4, 20, 80));
        assertEquals(3, TIMES.micros(4, 10, 41));
        assertEquals(1, TIMES.micros(2, 10, 20));
        assertEquals(0.5, TIMES.micros(4, 20, 8));
    }

    @Test
    void betweenThemTimesAreLinear() {
        assertEquals(3, TIMES.micros(3, 15, 45));
        assertEquals(4.5, TIMES.micros(4, 15, 60));
        assertEquals(2.5, TIMES.micros(4, 20, 24));
    }

    @Test
    void lessThanTheLeastMeasuredTakesAsMuchAndNothingTakesNothing() {
        assertEquals(1, TIMES.micros(1, 1, 41));
        assertEquals(0.5, TIMES.micros(4, 20, 1));
        assertEquals(0, TIMES.micros(0, 0, 0));
    }

    @Test
    void theFasterFormCounts() {
        assertEquals(3, TIMES.micros(4, 10, 40));
        assertEquals(1, TIMES.micros(2, 10, 20));
    }

    @Test
    void aSmallerLayerIsNeverSlower() {
        var noisy = new LayerLatency(
                "fc1",
                List.of(2, 4),
                List.of(10, 20),
                List.of(List.of(7.0, 2.0), List.of(3.0, 6.0)),
                List.of(8, 40),
                List.of(5.0, 4.5));

        assertEquals(List.of(List.of(2.0, 2.0), List.of(3.0, 6.0)), noisy.dense());
        assertEquals(List.of(4.5, 4.5), noisy.sparse());
    }

    @Test
    void nonsenseIsRefused() {
        var one = List.of(List.of(1.0));
        assertThrows(IllegalArgumentException.class, () -> times(List.of(), one, List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> times(List.of(0), one, List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> times(List.of(1, 2), one, List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> times(List.of(1), one, List.of(3), List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> times(List.of(1), List.of(List.of(Double.NaN)), List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> times(List.of(1), one, List.of(3), List.of(-1.0)));
    }

    private static LayerLatency times(
            List<Integer> rows, List<List<Double>> dense, List<Integer> kept, List<Double> sparse) {
        return new LayerLatency("a", rows, List.of(1), dense, kept, sparse);
    }
}
