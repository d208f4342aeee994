package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class HessianTraceTest {
    // The trace of each row's second derivative is 2·3² = 18.
    private static final Calibration DATA = Cases.squares(0, 3, 0);

    @Test
    void aRowCountsItsMeanCurvatureTimesHalfItsSquaredNorm() {
        var layer = Cases.layer(1, 2, 3, -1, 2, 0, 2, 0, 1);

        assertArrayEquals(
                new double[] {18 / 6.0 * 14, 18 / 6.0 * 5, 18 / 6.0 * 5},
                Cases.neurons(new HessianTrace(), layer, DATA),
                1e-4);
    }

    @Test
    void maskedWeightsAreNotPartOfTheUnit() {
        var layer = Cases.layer(1, 2, 3, -1, 2, 0, 2, 0, 1);
        Cases.mask(layer, 0, 3, 4, 5);

        assertArrayEquals(
                new double[] {18 / 4.0 * 13, 0, 18 / 6.0 * 5},
                Cases.neurons(new HessianTrace(), layer, DATA),
                1e-4);
    }

    @Test
    void forSingleWeightsItIsOptimalBrainDamage() {
        var layer = Cases.layer(1, 2, 3, -1, 2, 0, 2, 0, 1);
        var data = Cases.squares(1, 2, 3);

        assertArrayEquals(
                Cases.weights(new OptimalBrainDamage(Curvature.HUTCHINSON), layer, data),
                Cases.weights(new HessianTrace(), layer, data),
                1e-9);
    }
}
