package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class OptimalBrainDamageTest {
    @Test
    void halfTheCurvatureTimesTheSquareOfTheWeight() {
        // The second derivative by the middle column is 2·3² = 18, by the others 0.
        var layer = Cases.layer(1, 2, 3, -1, -3, 0, 2, 0.5f, 1);
        var criterion = new OptimalBrainDamage(Curvature.HUTCHINSON);
        var data = Cases.squares(0, 3, 0);

        assertArrayEquals(
                new double[] {0, 36, 0, 0, 81, 0, 0, 2.25, 0}, Cases.weights(criterion, layer, data), 1e-4);
        assertArrayEquals(new double[] {36, 81, 2.25}, Cases.neurons(criterion, layer, data), 1e-4);
    }

    @Test
    void itIsTheChangeOfTheLossAtTheMinimumOfAQuadratic() {
        // Loss (w·x − 6)² with x = (0, 3, 0) and w = (·, 2, ·) is 0; without the weight it is 36.
        var data = Calibration.of(
                org.espalier.tensor.Tensor.matrix(new float[] {0, 3, 0}),
                org.espalier.tensor.Tensor.matrix(new float[] {6, 0, 0}),
                (output, target) -> output.minus(target).square().sum());
        double[] scores = Cases.weights(
                new OptimalBrainDamage(Curvature.HUTCHINSON), Cases.layer(0, 2, 0, 0, 0, 0, 0, 0, 0), data);

        assertArrayEquals(new double[] {0, 36, 0, 0, 0, 0, 0, 0, 0}, scores, 1e-4);
    }

    @Test
    void theFisherVariantTakesSquaredGradients() {
        // Squared gradients by column: (1 + 1) / 2, 4 / 2, 16 / 2.
        var data = Cases.examples(new float[] {1, 2, 0}, new float[] {-1, 0, 4});

        assertArrayEquals(
                new double[] {0.5, 4, 36, 0.5, 4, 0, 2, 1, 4},
                Cases.weights(
                        new OptimalBrainDamage(Curvature.FISHER), Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1), data),
                1e-12);
    }
}
