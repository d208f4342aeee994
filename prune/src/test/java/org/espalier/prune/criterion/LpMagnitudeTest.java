package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LpMagnitudeTest {
    @Test
    void rowsAreMeasuredInTheNormOfTheExponent() {
        // 1 + 8 + 27 = 36, 1 + 8 = 9, 8 + 1 + 1 = 10.
        var layer = Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1);

        assertArrayEquals(
                new double[] {Math.cbrt(36), Math.cbrt(9), Math.cbrt(10)},
                Cases.neurons(new LpMagnitude(3), layer),
                1e-12);
    }

    @Test
    void oneAndTwoAreTheUsualNorms() {
        var layer = Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1);

        assertArrayEquals(Cases.neurons(Magnitude.L1, layer), Cases.neurons(new LpMagnitude(1), layer), 1e-12);
        assertArrayEquals(Cases.neurons(Magnitude.L2, layer), Cases.neurons(new LpMagnitude(2), layer), 1e-12);
    }

    @Test
    void highPowersNeitherOverflowNorVanish() {
        // The largest weight decides: 2e10 and 1e10, whose hundredth powers do not fit in a double.
        double[] scores = Cases.neurons(new LpMagnitude(100), Cases.layer(2e10f, 1, 0, 1e10f, 0, 0, 0, 0, 0));

        assertEquals(2e10, scores[0], 1e-3 * 2e10);
        assertEquals(1e10, scores[1], 1e-3 * 1e10);
        assertEquals(0, scores[2]);
    }

    @Test
    void theExponentIsPositiveAndFinite() {
        assertThrows(IllegalArgumentException.class, () -> new LpMagnitude(0));
        assertThrows(IllegalArgumentException.class, () -> new LpMagnitude(Double.POSITIVE_INFINITY));
    }
}
