package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class OptimalBrainCompressionTest {
    private final OptimalBrainCompression obc = new OptimalBrainCompression(0);

    @Test
    void theCheapestWeightGoesAndTheOthersRepair() {
        // w²/(2[H⁻¹]pp) is 1, ½, 1: the second goes, and the third takes half of it over. Outputs 1, 2, 1 become
        // 1, 1.5, 1.5: an error of ½.
        var layer = SmallLayers.problem(SmallLayers.THREE, 1 / 3.0, 1, 1, 1);
        obc.solve(layer);

        assertArrayEquals(new double[] {1, 0, 1.5}, layer.weights(), 1e-12);
        assertEquals(0.5, SmallLayers.THREE.error(new double[] {1, 1, 1}, layer.weights()), 1e-12);
    }

    @Test
    void theNextOneIsJudgedByTheInverseWithoutTheFirst() {
        // Now ½ and ¼ on the diagonal: 1 for the first weight and 4.5 for the third, in the dense inverse 2.25.
        var layer = SmallLayers.problem(SmallLayers.THREE, 2 / 3.0, 1, 1, 1);
        obc.solve(layer);

        assertArrayEquals(new double[] {0, 0, 1.5}, layer.weights(), 1e-12);
    }

    @Test
    void oneRemovalIsTheBestOfAllByBruteForce() {
        for (int seed = 0; seed < 20; seed++) {
            var inputs = SmallLayers.random(3, 10, seed);
            double[] weights = SmallLayers.weights(3, 100 + seed);
            var layer = SmallLayers.problem(inputs, 1 / 3.0, weights);
            obc.solve(layer);
            double best = Double.POSITIVE_INFINITY;
            for (int p = 0; p < 3; p++) {
                var keeps = new boolean[] {p != 0, p != 1, p != 2};
                best = Math.min(best, inputs.error(weights, leastSquares(inputs, weights, keeps)));
            }

            assertEquals(best, inputs.error(weights, layer.weights()), 1e-9 * (1 + best));
        }
    }

    @Test
    void afterEveryNumberOfRemovalsTheRowIsTheBestWithItsZeros() {
        var inputs = SmallLayers.random(8, 30, 5);
        double[] weights = SmallLayers.weights(8, 6);
        for (int removed = 1; removed <= 8; removed++) {
            var layer = SmallLayers.problem(inputs, removed / 8.0, weights);
            obc.solve(layer);

            assertArrayEquals(leastSquares(inputs, weights, layer.keeps()), layer.weights(), 1e-8);
            assertEquals(removed, layer.removedNow(IntStream.range(0, 8)));
        }
    }

    /** The row with these weights kept whose outputs differ least: H restricted to them, solved by elimination. */
    private static double[] leastSquares(InputMoments inputs, double[] weights, boolean[] keeps) {
        int[] kept = IntStream.range(0, keeps.length).filter(i -> keeps[i]).toArray();
        var h = new DMatrixRMaj(keeps.length, keeps.length, true, inputs.inverse(0));
        CommonOps_DDRM.invert(h);
        var left = new DMatrixRMaj(kept.length, kept.length);
        var right = new DMatrixRMaj(kept.length, 1);
        for (int i = 0; i < kept.length; i++) {
            for (int j = 0; j < kept.length; j++) {
                left.set(i, j, h.get(kept[i], kept[j]));
            }
            for (int j = 0; j < keeps.length; j++) {
                right.add(i, 0, h.get(kept[i], j) * weights[j]);
            }
        }
        var solution = new DMatrixRMaj(kept.length, 1);
        var row = new double[keeps.length];
        if (kept.length > 0) {
            CommonOps_DDRM.solve(left, right, solution);
        }
        for (int i = 0; i < kept.length; i++) {
            row[kept[i]] = solution.get(i);
        }
        return row;
    }

    @Test
    void whatEarlierPruningTookStaysAwayAndCounts() {
        var layer = SmallLayers.problem(SmallLayers.THREE, 2 / 3.0, 1, 1, 1);
        SmallLayers.mask(layer, 2);
        obc.solve(layer);

        // Without the third, both others cost 1: the lower index goes, and nothing is left to repair with.
        assertArrayEquals(new double[] {0, 1, 0}, layer.weights(), 1e-12);
    }

    @Test
    void everyRowLosesTheSameNumberAndIsSolvedByItself() {
        var layer = SmallLayers.problem(SmallLayers.THREE, 1 / 3.0, 1, 1, 1, 0.1, 5, 5);
        obc.solve(layer);

        assertArrayEquals(new double[] {1, 0, 1.5, 0, 5, 5}, layer.weights(), 1e-12);
    }

    @Test
    void inPoolsEachPoolLosesItsShare() {
        // The third weight is the cheapest of all, but alone in its pool: the second goes and the third takes over ½.
        var layer = SmallLayers.inPools(2, SmallLayers.problem(SmallLayers.THREE, 0.5, 1, 1, 0.1));
        obc.solve(layer);
        assertArrayEquals(new double[] {1, 0, 0.6}, layer.weights(), 1e-12);

        var random = SmallLayers.inPools(4,
                SmallLayers.problem(SmallLayers.random(10, 40, 3), 0.5, SmallLayers.weights(40, 4)));
        SmallLayers.mask(random, 0, 1, 2);
        new OptimalBrainCompression().solve(random);
        for (int row = 0; row < 40; row += 10) {
            // Pools of 4, 4 and 2; in the first one 3 had gone before.
            int first = row == 0 ? 3 : 2;
            assertEquals(first, random.removedNow(IntStream.range(row, row + 4)));
            assertEquals(2, random.removedNow(IntStream.range(row + 4, row + 8)));
            assertEquals(1, random.removedNow(IntStream.range(row + 8, row + 10)));
        }
    }

    @Test
    void dampingIsNotNegative() {
        assertThrows(IllegalArgumentException.class, () -> new OptimalBrainCompression(-0.1));
        assertEquals(0.01, new OptimalBrainCompression().damping());
    }
}
