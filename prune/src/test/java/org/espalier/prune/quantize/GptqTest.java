package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.prune.secondorder.FactorizationException;
import org.espalier.prune.secondorder.InputMoments;
import org.espalier.prune.secondorder.SmallLayers;
import org.junit.jupiter.api.Test;

class GptqTest {

    private static RoundingProblem problem(InputMoments inputs, int bits, double... weights) {
        var keeps = new boolean[weights.length];
        java.util.Arrays.fill(keeps, true);
        var scales = new float[weights.length / inputs.in()];
        java.util.Arrays.fill(scales, 1);
        return new RoundingProblem(weights.clone(), keeps, inputs, bits, scales);
    }

    @Test
    void theErrorOfARoundedWeightGoesToTheColumnsOnTheRight() {
        // U = [√½ 0 0; 0 1 −½; 0 0 ½]. The second is rounded to 1, e = 0.4, the third becomes 2.4 + 0.2, rounded to 3.
        var layer = problem(SmallLayers.THREE, 8, 3.2, 1.4, 2.4);
        double[] old = layer.weights().clone();
        new Gptq(true, 128, 0).solve(layer);

        assertArrayEquals(new double[] {3, 1, 3}, layer.weights());
        // Samples (1, 0, 0), (0, 1, 1), (0, 0, 1): 0.2² + 0.2² + 0.6²; of the nearest 3, 1, 2: 0.2² + 0.8² + 0.4².
        assertEquals(0.44, SmallLayers.THREE.error(old, layer.weights()), 1e-12);
        assertEquals(0.84, SmallLayers.THREE.error(old, new double[] {3, 1, 2}), 1e-12);
    }

    @Test
    void theColumnWithTheLargestInputsCanGoFirst() {
        // The diagonal of H is 2, 2, 4: the third is rounded to 2 first, e·U = 0.2·½/½ = 0.2, the second becomes 1.6.
        var layer = problem(SmallLayers.THREE, 8, 0, 1.4, 2.2);
        new Gptq(false, 128, 0).solve(layer);

        assertArrayEquals(new double[] {0, 2, 2}, layer.weights());
    }

    @Test
    void maskedWeightsStayZeroAndCodesSaturate() {
        var layer = problem(SmallLayers.THREE, 4, 9, 1.4, 0);
        layer.keeps()[2] = false;
        new Gptq(true, 1, 0).solve(layer);

        assertArrayEquals(new double[] {7, 1, 0}, layer.weights());
    }

    @Test
    void theSizeOfTheBlocksDoesNotMatter() {
        var inputs = SmallLayers.random(10, 40, 3);
        var whole = problem(inputs, 8, scaled());
        new Gptq().solve(whole);
        for (int block : new int[] {1, 3, 9}) {
            var layer = problem(inputs, 8, scaled());
            new Gptq(false, block, 0.01).solve(layer);

            assertArrayEquals(whole.weights(), layer.weights());
        }
    }

    private static double[] scaled() {
        return java.util.Arrays.stream(SmallLayers.weights(40, 4)).map(w -> 20 * w).toArray();
    }

    @Test
    void inputsThatDetermineNothingAreAnError() {
        var inputs = InputMoments.of("fc7", 2, List.of(new float[] {1, 1}));

        var problem = assertThrows(
                FactorizationException.class, () -> new Gptq(true, 1, 0).solve(problem(inputs, 8, 1, 2)));
        assertEquals(true, problem.getMessage().startsWith("layer 'fc7'"));
    }

    @Test
    void badSettingsAreRefusedAndTheTextSaysWhatIsUnusual() {
        assertThrows(IllegalArgumentException.class, () -> new Gptq(false, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Gptq(false, 1, -1));
        assertEquals("gptq", new Gptq().text());
        assertEquals("gptq in order block 4 damping 0.5", new Gptq(true, 4, 0.5).text());
    }
}
