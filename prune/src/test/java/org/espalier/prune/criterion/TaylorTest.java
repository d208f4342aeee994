package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.nn.Linear;
import org.junit.jupiter.api.Test;

class TaylorTest {
    // g·w in the first batch: rows (1, 4, 0), (−1, 4, 0), (2, −2, 0); in the second (−1, 0, 12), (1, 0, 0), (−2, 0, 4).
    private static final Linear LAYER = Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1);

    private static final Calibration DATA = Cases.examples(new float[] {1, 2, 0}, new float[] {-1, 0, 4});

    @Test
    void theGroupScoreIsTheSquareOfTheSumAveragedOverBatches() {
        // Sums 5, 3, 0 and 11, 1, 2.
        assertArrayEquals(
                new double[] {(25 + 121) / 2.0, (9 + 1) / 2.0, (0 + 4) / 2.0},
                Cases.neurons(Taylor.GROUP, LAYER, DATA),
                1e-12);
    }

    @Test
    void squaresAreTakenBeforeTheMeanOverBatchesNotAfter() {
        // The mean gradient of w[0][0] is 0; the score is not.
        assertArrayEquals(
                new double[] {1, 8, 72, 1, 8, 0, 4, 2, 8}, Cases.weights(Taylor.GROUP, LAYER, DATA), 1e-12);
    }

    @Test
    void theSquaredVariantSumsSquaresOfTheWeights() {
        assertArrayEquals(new double[] {81, 9, 14}, Cases.neurons(Taylor.SQUARED, LAYER, DATA), 1e-12);
    }

    @Test
    void theAbsoluteVariantSumsSizes() {
        // (1+4+0 + 1+0+12) / 2, (1+4+0 + 1+0+0) / 2, (2+2+0 + 2+0+4) / 2
        assertArrayEquals(new double[] {9, 3, 5}, Cases.neurons(Taylor.ABSOLUTE, LAYER, DATA), 1e-12);
    }

    @Test
    void theGroupVariantLetsContributionsCancelAndTheOthersDoNot() {
        var layer = Cases.layer(1, -1, 0, 0, 0, 0, 0, 0, 0);
        var data = Cases.examples(new float[] {3, 3, 0});

        assertArrayEquals(new double[] {0, 0, 0}, Cases.neurons(Taylor.GROUP, layer, data), 1e-12);
        assertArrayEquals(new double[] {18, 0, 0}, Cases.neurons(Taylor.SQUARED, layer, data), 1e-12);
        assertArrayEquals(new double[] {6, 0, 0}, Cases.neurons(Taylor.ABSOLUTE, layer, data), 1e-12);
    }
}
