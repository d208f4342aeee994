package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CriteriaTest {
    @Test
    void everyCriterionReadsBackFromItsText() {
        for (var criterion : Criteria.all()) {
            assertEquals(criterion, Criteria.parse(criterion.text()));
        }
    }

    @Test
    void everyCriterionScoresTheNeuronsOfASmallLayerHigherForMore() {
        var layer = Cases.layer(9, 0, 0, 0, 1, 0, 0, 0, -5);
        var data = Cases.examples(new float[] {1, 1, 1}, new float[] {2, 1, 3});

        for (var criterion : Criteria.all()) {
            double[] scores = Cases.neurons(criterion, layer, data);
            boolean blind = criterion instanceof RandomScore || criterion instanceof GradientMagnitude;
            assertTrue(blind || scores[0] > scores[1], criterion.text());
        }
    }

    @Test
    void anUnknownOneIsRefusedWithTheNamesThereAre() {
        var e = assertThrows(IllegalArgumentException.class, () -> Criteria.parse("size"));

        assertTrue(e.getMessage().contains("magnitude l1"), e.getMessage());
    }
}
