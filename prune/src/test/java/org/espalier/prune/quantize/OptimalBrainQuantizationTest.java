package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.prune.secondorder.SmallLayers;
import org.junit.jupiter.api.Test;

class OptimalBrainQuantizationTest {

    private static double[] solved(int bits, boolean[] keeps, double... weights) {
        var layer = new RoundingProblem(weights.clone(), keeps, SmallLayers.THREE, bits, new float[] {1});
        new OptimalBrainQuantization(0).solve(layer);
        return layer.weights();
    }

    @Test
    void theCheapestIsRoundedFirstAndTheOthersAreRepaired() {
        // H⁻¹ = ½·[1 0 0; 0 2 −1; 0 −1 1]. (w − q)²/[H⁻¹]: 0, 0.4²/1 = 0.16, 0.2²/½ = 0.08: the third goes to 2 and the
        // second becomes 1.4 + 0.4·½ = 1.6, rounded to 2: error 0.4² + 0.2² = 0.2. From left to right it is 0.6² +
        // 0.2².
        double[] weights = {0, 1.4, 2.2};
        double[] rounded = solved(8, new boolean[] {true, true, true}, weights);

        assertArrayEquals(new double[] {0, 2, 2}, rounded);
        assertEquals(0.2, SmallLayers.THREE.error(weights, rounded), 1e-12);
    }

    @Test
    void whatIsBeyondTheCodesGoesAtOnce() {
        // 4 bits reach to 7. The third is off by 2, more than half a code: it goes before the exact first and second;
        // its error moves the second by 2/½·½ = 2.
        assertArrayEquals(new double[] {1, 5, 7}, solved(4, new boolean[] {true, true, true}, 1, 3, 9));
    }

    @Test
    void maskedWeightsStayZeroAndAreNotUsedForRepair() {
        // Without the third the second has nothing to be repaired by.
        assertArrayEquals(new double[] {3, 1, 0}, solved(8, new boolean[] {true, true, false}, 3.2, 1.4, 0));
    }

    @Test
    void badDampingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new OptimalBrainQuantization(Double.NaN));
        assertEquals("obq", new OptimalBrainQuantization().text());
    }
}
