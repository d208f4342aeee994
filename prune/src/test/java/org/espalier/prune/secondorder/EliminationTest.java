package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EliminationTest {
    /** H = [[2, 1], [1, 2]], so H⁻¹ = [[2, −1], [−1, 2]] / 3. */
    private static final double[] INVERSE = {2.0 / 3, -1.0 / 3, -1.0 / 3, 2.0 / 3};

    @Test
    void fixingAWeightRepairsTheOthers() {
        var weights = new double[] {9, 1, 3};
        var row = new Elimination(INVERSE, weights, 1);
        row.fix(0, 0);

        // δ = −1 / (2/3) · (2/3, −1/3) = (−1, 1/2).
        assertArrayEquals(new double[] {9, 0, 3.5}, weights, 1e-12);
        // What is left of H is [2], whose inverse is [1/2].
        assertEquals(0.5, row.pivot(1), 1e-12);
    }

    @Test
    void whatIsFixedNeverMovesAgain() {
        var weights = new double[] {1, 3};
        var row = new Elimination(INVERSE, weights, 0);
        row.fix(0, 2);
        row.fix(1, -1);

        assertArrayEquals(new double[] {2, -1}, weights);
    }
}
