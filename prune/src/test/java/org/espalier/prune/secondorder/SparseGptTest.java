package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SparseGptTest {
    @Test
    void theErrorOfARemovedWeightGoesToTheColumnsOnTheRight() {
        // U = [√½ 0 0; 0 1 −½; 0 0 ½], w²/U² = 2, 1, 4: the second goes, e = 1, the third gets +½.
        var layer = SmallLayers.problem(SmallLayers.THREE, 1 / 3.0, 1, 1, 1);
        new SparseGpt(128, 0).solve(layer);

        assertArrayEquals(new double[] {1, 0, 1.5}, layer.weights(), 1e-12);
    }

    @Test
    void columnsOnTheLeftAreNotRepaired() {
        // w²/U² = 2, 1, 0.04: the third goes; the exact repair would raise the second to 1.1.
        var layer = SmallLayers.problem(SmallLayers.THREE, 1 / 3.0, 1, 1, 0.1);
        new SparseGpt(128, 0).solve(layer);
        var exact = SmallLayers.problem(SmallLayers.THREE, 1 / 3.0, 1, 1, 0.1);
        new OptimalBrainCompression(0).solve(exact);

        assertArrayEquals(new double[] {1, 1, 0}, layer.weights(), 1e-12);
        assertArrayEquals(new double[] {1, 1.1, 0}, exact.weights(), 1e-12);
    }

    @Test
    void withAGivenMaskTheSizeOfTheBlocksDoesNotMatter() {
        var inputs = SmallLayers.random(10, 40, 3);
        double[] weights = SmallLayers.weights(40, 4);
        var whole = withMask(inputs, weights, 10);
        for (int block : new int[] {1, 3, 4, 9}) {
            assertArrayEquals(whole.weights(), withMask(inputs, weights, block).weights(), 1e-9);
        }
    }

    /** Every third weight goes: not yet zero, so that it has an error to spread. */
    private static LayerProblem withMask(InputMoments inputs, double[] weights, int block) {
        var layer = SmallLayers.problem(inputs, 0, weights);
        IntStream.range(0, weights.length).filter(i -> i % 3 == 0).forEach(i -> layer.keeps()[i] = false);
        new SparseGpt(block, 0.01).solve(layer);
        return layer;
    }

    @Test
    void inPoolsEachPoolLosesItsShare() {
        // The third weight is the cheapest of all, but alone in its pool: the second goes and the third takes over ½.
        var layer = SmallLayers.inPools(2, SmallLayers.problem(SmallLayers.THREE, 0.5, 1, 1, 0.1));
        new SparseGpt(128, 0).solve(layer);
        assertArrayEquals(new double[] {1, 0, 0.6}, layer.weights(), 1e-12);

        var random = SmallLayers.inPools(4,
                SmallLayers.problem(SmallLayers.random(10, 40, 3), 0.5, SmallLayers.weights(40, 4)));
        SmallLayers.mask(random, 0, 1, 2);
        new SparseGpt(128, 0.01).solve(random);
        for (int row = 0; row < 40; row += 10) {
            // Pools of 4, 4 and 2; in the first one 3 had gone before.
            int first = row == 0 ? 3 : 2;
            assertEquals(first, random.removedNow(IntStream.range(row, row + 4)));
            assertEquals(2, random.removedNow(IntStream.range(row + 4, row + 8)));
            assertEquals(1, random.removedNow(IntStream.range(row + 8, row + 10)));
        }
    }

    @Test
    void countsAreExactOverTheLayerWhateverTheBlocks() {
        var inputs = SmallLayers.random(10, 40, 3);
        for (int block : new int[] {1, 3, 10, 128}) {
            var layer = SmallLayers.problem(inputs, 0.65, SmallLayers.weights(40, 4));
            new SparseGpt(block, 0.01).solve(layer);

            assertEquals(26, layer.removedNow(IntStream.range(0, 40)));
        }
    }

    @Test
    void equalWeightsGoByIndexAndNotOneTooMany() {
        // A threshold with "or equal" would remove all four.
        var inputs = InputMoments.of("fc1", 2, java.util.List.of(new float[] {1, 0, 0, 1}));
        var layer = SmallLayers.problem(inputs, 0.5, 1, 1, 1, 1);
        new SparseGpt(128, 0).solve(layer);

        assertArrayEquals(new double[] {0, 0, 1, 1}, layer.weights(), 1e-12);
    }

    @Test
    void repairIsBetterThanMaskingOnCorrelatedInputs() {
        var inputs = SmallLayers.random(16, 100, 7);
        double[] weights = SmallLayers.weights(64, 8);
        var layer = SmallLayers.problem(inputs, 0.5, weights);
        new SparseGpt(4, 0.01).solve(layer);
        var masked = new double[64];
        for (int i = 0; i < 64; i++) {
            masked[i] = layer.keeps()[i] ? weights[i] : 0;
        }

        assertTrue(inputs.error(weights, layer.weights()) < 0.8 * inputs.error(weights, masked));
    }

    @Test
    void settingsAreChecked() {
        assertThrows(IllegalArgumentException.class, () -> new SparseGpt(0, 0.01));
        assertThrows(IllegalArgumentException.class, () -> new SparseGpt(128, Double.NaN));
        assertEquals(new SparseGpt(128, 0.01), new SparseGpt());
    }
}
