package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StudentTTest {
    /** Two-sided 95 % points as in the usual tables (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2). */
    @Test
    void quantilesAreThoseOfThePublishedTables() {
        int[] freedom = {1, 2, 3, 4, 5, 9, 10, 29, 30, 100};
        double[] points = {12.706, 4.303, 3.182, 2.776, 2.571, 2.262, 2.228, 2.045, 2.042, 1.984};
        for (int i = 0; i < points.length; i++) {
            assertEquals(points[i], StudentT.quantile(0.975, freedom[i]), 5.1e-4);
            assertEquals(-points[i], StudentT.quantile(0.025, freedom[i]), 5.1e-4);
        }
        assertEquals(63.657, StudentT.quantile(0.995, 1), 5.1e-4);
        assertEquals(3.250, StudentT.quantile(0.995, 9), 5.1e-4);
    }

    @Test
    void withOneDegreeItIsCauchyAndWithTwoItIsAlgebraic() {
        for (double t = -3; t <= 3; t += 0.5) {
            assertEquals(0.5 + Math.atan(t) / Math.PI, StudentT.probability(t, 1), 1e-14);
            assertEquals(0.5 + t / (2 * Math.sqrt(2 + t * t)), StudentT.probability(t, 2), 1e-14);
        }
    }
}
