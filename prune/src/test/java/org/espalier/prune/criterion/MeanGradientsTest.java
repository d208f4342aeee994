package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.nn.Sequential;
import org.junit.jupiter.api.Test;

class MeanGradientsTest {
    @Test
    void gradientsOfBatchesAreAveragedWithTheirSigns() {
        var model = Sequential.of(Cases.layer(1, 1, 1, 1, 1, 1, 1, 1, 1));
        var data = Cases.examples(new float[] {1, 2, 0}, new float[] {-1, 0, 4});

        assertArrayEquals(
                new double[] {0, 1, 2, 0, 1, 2, 0, 1, 2},
                MeanGradients.of(ScoringContext.of(model, data)).get("fc1.weight"),
                1e-12);
    }
}
