package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.nn.Sequential;
import org.espalier.prune.Unstructured;
import org.junit.jupiter.api.Test;

class RoundingAwareTest {
    // Squared norms of the input features: 25, 4, 1.
    private static final Calibration DATA = Cases.examples(new float[] {3, 0, 1}, new float[] {-4, 2, 0});

    @Test
    void aWeightIsWorthWhatRoundingLeavesOfIt() {
        // Codes of 3 bits reach 3, so the scales are 1, 2 and 0.5; halves go to even.
        var layer = Cases.layer(3, 1.25f, -0.5f, 6, 0.75f, 3, -1.5f, 0.625f, 0);
        double[] scores = Cases.weights(new RoundingAware(3), layer, DATA);

        assertArrayEquals(
                new double[] {
                    25 * 9, 4 * (1.5625 - 0.0625), 0, // 3, 1, 0
                    25 * 36, 0, 9 - 1, // 6, 0, 4: 1.5 scales go to the even code 2
                    25 * 2.25, 4 * (0.390625 - 0.015625), 0 // -1.5, 0.5, 0
                },
                scores,
                1e-12);
        assertEquals(25 * 36 + 8, Cases.neurons(new RoundingAware(3), layer, DATA)[1], 1e-12);
    }

    @Test
    void aLargerWeightThatWouldBeRoundedToZeroGoesFirst() {
        // In the first row 4 is below half of the scale 10; in the second 1 is a code of its own.
        var model = Sequential.of(Cases.layer(30, 30, 4, 1, 1, 1, 1, 1, 1));
        Unstructured.perLayer(new RoundingAware(3)).sparsity(1 / 9.0).plan(model, DATA, 0).apply();
        var mask = model.parameters().get("fc1.weight").mask().orElseThrow();

        assertFalse(mask.keeps(2));
        assertEquals(8, mask.kept());
        // Wanda, which does not round, keeps it.
        var unrounded = Sequential.of(Cases.layer(30, 30, 4, 1, 1, 1, 1, 1, 1));
        Unstructured.perLayer(new Wanda()).sparsity(1 / 9.0).plan(unrounded, DATA, 0).apply();
        assertTrue(unrounded.parameters().get("fc1.weight").mask().orElseThrow().keeps(2));
    }

    @Test
    void theScaleIsOfTheWeightsThatAreLeft() {
        var layer = Cases.layer(30, 30, 4, 1, 1, 1, 1, 1, 1);
        Cases.mask(layer, 0, 1);

        // Of the row only 4 is left, which is its own largest code.
        assertEquals(16, Cases.weights(new RoundingAware(3), layer, DATA)[2], 1e-5);
    }

    @Test
    void itReadsBackWithItsBits() {
        assertEquals(new RoundingAware(3), Criterion.parse("rounding-aware int3"));
        assertThrows(IllegalArgumentException.class, () -> Criterion.parse("rounding-aware int9"));
        assertThrows(IllegalArgumentException.class, () -> new RoundingAware(1));
    }
}
