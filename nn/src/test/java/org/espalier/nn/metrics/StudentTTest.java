package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Apache Commons Math computes the same by a continued fraction of the incomplete beta function. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 10, 29, 30, 99, 1000})
    void probabilitiesAndQuantilesAreThoseOfCommonsMath(int freedom) {
        var oracle = new TDistribution(null, freedom, 1e-13);
        for (double t = -6; t <= 6; t += 0.375) {
            assertEquals(oracle.cumulativeProbability(t), StudentT.probability(t, freedom), 1e-13);
        }
        for (double p : new double[] {0.001, 0.025, 0.2, 0.5, 0.6, 0.95, 0.975, 0.999}) {
            double expected = oracle.inverseCumulativeProbability(p);
            assertEquals(expected, StudentT.quantile(p, freedom), 1e-9 * (1 + Math.abs(expected)));
        }
    }
}
