package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.prune.sparsity.SparsityPattern;
import org.junit.jupiter.api.Test;

class FpgmTest {
    @Test
    void aRowScoresTheSumOfItsDistancesToTheOthers() {
        // Points (1,0,0), (1,3,0), (1,0,4): distances 3, 4, 5.
        assertArrayEquals(
                new double[] {7, 8, 9}, Cases.neurons(new Fpgm(), Cases.layer(1, 0, 0, 1, 3, 0, 1, 0, 4)), 1e-12);
    }

    @Test
    void theMostReplaceableRowIsInTheMiddleNotTheSmallest() {
        // On a line at 1, 10 and 30: sums 38, 29, 49. The row of the smallest norm is not the one that goes.
        assertArrayEquals(
                new double[] {38, 29, 49}, Cases.neurons(new Fpgm(), Cases.layer(1, 0, 0, 10, 0, 0, 30, 0, 0)), 1e-12);
    }

    @Test
    void deadRowsArePointsForNobody() {
        var layer = Cases.layer(3, 0, 0, 9, 9, 9, 0, 4, 0);
        Cases.mask(layer, 3, 4, 5);

        assertArrayEquals(new double[] {5, 0, 5}, Cases.neurons(new Fpgm(), layer), 1e-12);
    }

    @Test
    void theSignOfAWeightMatters() {
        // Squaring the weights before taking distances would make the first two rows equal.
        double[] scores = Cases.neurons(new Fpgm(), Cases.layer(1, 0, 0, -1, 0, 0, 1, 0, 0));

        assertArrayEquals(new double[] {2, 4, 2}, scores, 1e-12);
    }

    @Test
    void anInputIsAPointOfItsColumn() {
        // Columns (1,1,1), (1,4,1), (1,1,5): distances 3, 4, 5.
        double[] scores = Cases.scores(
                new Fpgm(), Cases.layer(1, 1, 1, 1, 4, 1, 1, 1, 5), Calibration.none(), SparsityPattern.inputs());

        assertArrayEquals(new double[] {7, 8, 9}, scores, 1e-12);
    }

    @Test
    void onlyNeuronsAndInputsHaveAScore() {
        var layer = Cases.layer(1, 2, 3, 4, 5, 6, 7, 8, 9);
        var e = assertThrows(
                IllegalArgumentException.class, () -> Cases.weights(new Fpgm(), layer, Calibration.none()));

        assertTrue(e.getMessage().contains("fpgm scores neurons and inputs"), e.getMessage());
    }
}
