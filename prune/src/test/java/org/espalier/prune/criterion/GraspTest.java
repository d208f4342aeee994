package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Sequential;
import org.espalier.prune.Unstructured;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GraspTest {
    private static final float[] WEIGHTS = {1, 2, 3, -1, 2, 0, 2, -1, 1};

    // x = (1, 2, 0), w·x = 5, 3, 0: gradients 10x, 6x, 0 and H·g = 2x(x·g) = 100x, 60x, 0.
    private static final Calibration DATA = Cases.squares(1, 2, 0);

    @Test
    void aWeightCountsItsProductWithTheHessianTimesTheGradient() {
        assertArrayEquals(
                new double[] {100, 400, 0, -60, 240, 0, 0, 0, 0},
                Cases.weights(new Grasp(1), Cases.layer(WEIGHTS), DATA),
                1e-3);
        assertArrayEquals(
                new double[] {500, 180, 0}, Cases.neurons(new Grasp(1), Cases.layer(WEIGHTS), DATA), 1e-3);
    }

    @Test
    void whatGoesFirstIsWhatIncreasesTheGradientMost() {
        // Published: remove the highest −θ·Hg, here +60 of weight 3. The gradient's squared norm is (100 + 36)·5 = 680;
        // without weight 3, w·x of its row is 4 and the norm (100 + 64)·5 = 820. Removing another one lowers it.
        var model = Sequential.of(Cases.layer(WEIGHTS));
        assertEquals(680, gradientNorm(model), 1e-3);
        Unstructured.global(new Grasp(1)).sparsity(1 / 9.0).plan(model, DATA, 0).apply();

        assertFalse(model.parameters().get("fc1.weight").mask().orElseThrow().keeps(3));
        assertEquals(820, gradientNorm(model), 1e-3);
    }

    @Test
    void maskedWeightsHaveNoGradientThatCounts() {
        // Row 0 keeps weight 0 of 1, 2, 3: w·x = 1, g = 2x = (2, ·, 0), H·g = 2·1·(1·2) = 4 there.
        // With the masked weight's gradient 4 it would be 2·(2 + 2·4) = 20.
        var layer = Cases.layer(WEIGHTS);
        Cases.mask(layer, 1, 2);

        assertEquals(4, Cases.weights(new Grasp(1), layer, DATA)[0], 1e-5);
    }

    private static double gradientNorm(Sequential model) {
        var gradient = MeanGradients.of(ScoringContext.of(model, DATA)).get("fc1.weight");
        return java.util.Arrays.stream(gradient).map(g -> g * g).sum();
    }

    @Test
    void theOutputIsDividedByTheTemperatureBeforeTheLoss() {
        // The loss of squares is 1/T² of what it was, and so are g and H.
        double[] scores = Cases.weights(new Grasp(2), Cases.layer(WEIGHTS), DATA);

        assertEquals(400 / 16.0, scores[1], 1e-4);
        assertEquals(200, new Grasp().temperature());
        assertThrows(IllegalArgumentException.class, () -> new Grasp(0));
    }

    @Test
    void severalBatchesHaveOneGradient() {
        // x = (1, 0, 0) and (−1, 0, 0) with loss w·x + (w·x)²/2: the mean gradient is w, the mean second derivative 1.
        // The mean of each batch's own product would be w(w + 1) and w(w − 1): other scores for every batch.
        var rows = new java.util.ArrayList<org.espalier.nn.data.Batch>();
        for (float x : new float[] {1, -1}) {
            var row = Tensor.matrix(new float[] {x, 0, 0});
            rows.add(new org.espalier.nn.data.Batch(row, row));
        }
        var data = new Calibration(rows, (output, target) -> output.sum().plus(output.square().sum().times(0.5f)));
        double[] scores = Cases.weights(new Grasp(1), Cases.layer(3, 0, 0, 0, 0, 0, 0, 0, 0), data);

        assertArrayEquals(new double[] {9, 0, 0, 0, 0, 0, 0, 0, 0}, scores, 1e-5);
    }
}
