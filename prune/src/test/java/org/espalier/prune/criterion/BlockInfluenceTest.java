package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockInfluenceTest {
    @Test
    void itIsOneMinusTheMeanCosine() {
        var scores = ResidualModels.scores(new BlockInfluence());

        // (1, 0) becomes (1, 1): cos 45° = 1/√2; the row of zeros stays. The second block adds nothing.
        assertEquals((1 - 1 / Math.sqrt(2)) / 2, scores.get(ResidualModels.names().getFirst()), 1e-12);
        assertEquals(0, scores.get(ResidualModels.names().getLast()), 1e-12);
    }

    @Test
    void itNeedsData() {
        var context = new BlockCriterion.Context(
                ResidualModels.model(), Calibration.none(), List.of());

        assertThrows(IllegalArgumentException.class,
                () -> new BlockInfluence().scores(context, ResidualModels.names()));
    }
}
