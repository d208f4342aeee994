package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.stat.inference.TTest;
import org.espalier.tensor.Rng;
import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void aMeanHasATInterval() {
        // Mean 3, s² = 10/4, so ± 2.776·√(2.5/5).
        var interval = Interval.ofMean(0.95, 1, 2, 3, 4, 5);

        assertEquals(3, interval.mean());
        assertEquals(3 - 2.776 * Math.sqrt(0.5), interval.low(), 5e-4);
        assertEquals(3 + 2.776 * Math.sqrt(0.5), interval.high(), 5e-4);
    }

    @Test
    void oneValueSaysNothingOfWhereTheMeanMayLie() {
        assertEquals(
                new Interval(2, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY), Interval.ofMean(0.95, 2));
    }

    @Test
    void theBootstrapComesCloseToTheNormalIntervalOfManyValues() {
        var values = new double[400];
        var rng = Rng.of(5);
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = rng.nextGaussian();
        }
        double mean = Interval.mean(values);
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double half = 1.96 * Math.sqrt(squares / 399 / 400);
        var interval = Interval.bootstrap(0.95, 4000, 1, values);

        assertEquals(mean, interval.mean());
        assertEquals(mean - half, interval.low(), 0.1 * half);
        assertEquals(mean + half, interval.high(), 0.1 * half);
        assertEquals(interval, Interval.bootstrap(0.95, 4000, 1, values));
    }

    @Test
    void valuesThatAreAllTheSameHaveNoWidth() {
        assertEquals(new Interval(0.5, 0.5, 0.5), Interval.bootstrap(0.9, 10, 0, 0.5, 0.5));
        assertTrue(Interval.ofMean(0.9, 0.5, 0.5).high() == 0.5);
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Interval.ofMean(0.95));
        assertThrows(IllegalArgumentException.class, () -> Interval.ofMean(1, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> Interval.bootstrap(0.95, 0, 0, 2, 3));
    }

    /** Where the mean may lie is every value that a t test of Apache Commons Math does not reject. */
    @Test
    void theEndsOfATIntervalAreJustRejectedByATTest() {
        var values = new double[] {0.9821, 0.9799, 0.9834, 0.9787, 0.9812, 0.9808, 0.9842};
        for (double confidence : new double[] {0.8, 0.95, 0.99}) {
            var interval = Interval.ofMean(confidence, values);

            assertEquals(1 - confidence, new TTest().tTest(interval.low(), values), 1e-9);
            assertEquals(1 - confidence, new TTest().tTest(interval.high(), values), 1e-9);
        }
    }
}
