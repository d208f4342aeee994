package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.prune.sparsity.SparsityPattern;
import org.junit.jupiter.api.Test;

class MagnitudeTest {
    private static final double TOLERANCE = 1e-12;

    @Test
    void rowsHaveTheNormsWorkedOutByHand() {
        var layer = Cases.layer(3, -4, 0, 1, 2, -2, 0, 0, 5);

        assertArrayEquals(new double[] {7, 5, 5}, Cases.neurons(Magnitude.L1, layer), TOLERANCE);
        assertArrayEquals(new double[] {5, 3, 5}, Cases.neurons(Magnitude.L2, layer), TOLERANCE);
    }

    @Test
    void theL2NormIsTheRootOfTheSumOfSquaresAndNotTheSum() {
        var columns = Cases.scores(
                Magnitude.L2, Cases.layer(3, 0, 0, 4, 0, 0, 0, 0, 0), Calibration.none(), SparsityPattern.inputs());

        assertArrayEquals(new double[] {5, 0, 0}, columns, TOLERANCE);
    }

    @Test
    void ofSingleWeightsBothAreTheAbsoluteValue() {
        var layer = Cases.layer(3, -4, 0, 1, 2, -2, 0, 0, 5);
        var absolute = new double[] {3, 4, 0, 1, 2, 2, 0, 0, 5};

        assertArrayEquals(absolute, Cases.weights(Magnitude.L1, layer, Calibration.none()), TOLERANCE);
        assertArrayEquals(absolute, Cases.weights(Magnitude.L2, layer, Calibration.none()), TOLERANCE);
    }
}
