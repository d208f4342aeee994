package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.prune.Unstructured;
import org.junit.jupiter.api.Test;

class WandaTest {
    // Norms of the input features: 5, 2, 1.
    private static final Calibration DATA = Cases.examples(new float[] {3, 0, 1}, new float[] {-4, 2, 0});

    @Test
    void aWeightCountsAsItsSizeTimesTheNormOfItsInput() {
        var layer = Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1);

        assertArrayEquals(
                new double[] {5, 4, 3, 5, 4, 0, 10, 2, 1}, Cases.weights(new Wanda(), layer, DATA), 1e-12);
        assertArrayEquals(new double[] {12, 9, 13}, Cases.neurons(new Wanda(), layer, DATA), 1e-12);
    }

    @Test
    void theNormIsASumOverSamplesNotAMean() {
        var twice = Cases.examples(
                new float[] {3, 0, 1}, new float[] {-4, 2, 0}, new float[] {3, 0, 1}, new float[] {-4, 2, 0});
        double[] scores = Cases.weights(new Wanda(), Cases.layer(1, 1, 1, 0, 0, 0, 0, 0, 0), twice);

        assertEquals(5 * Math.sqrt(2), scores[0], 1e-12);
    }

    @Test
    void rowsLoseTheirOwnLowestNotTheLowestOfTheLayer() {
        var model = Sequential.of(Cases.layer(1, 2, 3, -1, 2, 0, 2, -1, 1));
        Unstructured.perRow(new Wanda()).sparsity(1 / 3.0).plan(model, DATA, 0).apply();
        Mask mask = model.parameters().get("fc1.weight").mask().orElseThrow();

        // The three lowest of the layer are 0, 1 and 2, two of them in the last row.
        for (int removed : new int[] {2, 5, 8}) {
            assertFalse(mask.keeps(removed));
        }
        assertTrue(mask.keeps(7));
        assertEquals(6, mask.kept());
    }
}
