package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class CriterionTextTest {
    /** Those that do not look at the size of the weights, or need what the small layer does not have: curvature. */
    private static final List<Criterion> UNFIT = List.of(
            new RandomScore(),
            new GradientMagnitude(),
            new BatchNormScale(),
            ActivationRate.APOZ,
            new Grasp(),
            new OptimalBrainDamage(Curvature.HUTCHINSON),
            new HessianTrace());

    @Test
    void everyCriterionReadsBackFromItsText() {
        for (var criterion : Criterion.all()) {
            assertEquals(criterion, Criterion.parse(criterion.text()));
        }
    }

    @Test
    void everyCriterionScoresTheNeuronsOfASmallLayerHigherForMore() {
        var layer = Cases.layer(9, 0, 0, 0, 1, 0, 0, 0, -5);
        var data = Cases.examples(new float[] {1, 1, 1}, new float[] {2, 1, 3});

        for (var criterion : Criterion.all()) {
            if (!UNFIT.contains(criterion)) {
                double[] scores = Cases.neurons(criterion, layer, data);
                assertTrue(scores[0] > scores[1], criterion.text());
            }
        }
    }

    @Test
    void argumentsReadBackToo() {
        for (var criterion : List.of(new LpMagnitude(0.5), new LpMagnitude(1 / 3.0), new Grasp(1), new Grasp(0.1f))) {
            assertEquals(criterion, Criterion.parse(criterion.text()));
        }
        assertThrows(IllegalArgumentException.class, () -> Criterion.parse("magnitude lp many"));
    }

    @Test
    void anUnknownOneIsRefusedWithTheNamesThereAre() {
        var e = assertThrows(IllegalArgumentException.class, () -> Criterion.parse("size"));

        assertTrue(e.getMessage().contains("magnitude l1"), e.getMessage());
    }
}
