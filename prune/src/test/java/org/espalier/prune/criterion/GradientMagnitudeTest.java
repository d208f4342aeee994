package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GradientMagnitudeTest {
    @Test
    void gradientsAreMadeAbsoluteOnEveryBatchAndThenAveraged() {
        // The gradient of w[i][j] is x[j]: 1, 2, 0 in the first batch and −1, 0, 4 in the second.
        var layer = Cases.layer(1, 1, 1, 1, 1, 1, 1, 1, 1);
        var data = Cases.examples(new float[] {1, 2, 0}, new float[] {-1, 0, 4});

        assertArrayEquals(
                new double[] {1, 1, 2, 1, 1, 2, 1, 1, 2}, Cases.weights(new GradientMagnitude(), layer, data), 1e-12);
        assertArrayEquals(new double[] {4, 4, 4}, Cases.neurons(new GradientMagnitude(), layer, data), 1e-12);
    }

    @Test
    void theSizeOfTheWeightDoesNotEnter() {
        var layer = Cases.layer(1, 1, 1, 100, 100, 100, -5, -5, -5);

        assertArrayEquals(
                new double[] {3, 3, 3},
                Cases.neurons(new GradientMagnitude(), layer, Cases.examples(new float[] {1, 2, 0})),
                1e-12);
    }

    @Test
    void maskedWeightsDoNotCountThoughTheyHaveGradients() {
        var layer = Cases.layer(1, 1, 1, 1, 1, 1, 1, 1, 1);
        Cases.mask(layer, 1);

        assertArrayEquals(
                new double[] {1, 3, 3},
                Cases.neurons(new GradientMagnitude(), layer, Cases.examples(new float[] {1, 2, 0})),
                1e-12);
    }

    @Test
    void withoutDataThereIsAnError() {
        var layer = Cases.layer(1, 1, 1, 1, 1, 1, 1, 1, 1);

        assertThrows(IllegalArgumentException.class, () -> Cases.neurons(new GradientMagnitude(), layer));
    }
}
