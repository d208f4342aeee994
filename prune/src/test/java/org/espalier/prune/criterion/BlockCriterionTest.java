package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.espalier.nn.metrics.Measure;
import org.junit.jupiter.api.Test;

class BlockCriterionTest {
    private static final List<BlockCriterion> ALL = List.of(BlockCriterion.influence(), BlockCriterion.drop());

    @Test
    void everyCriterionReadsBackFromItsText() {
        ALL.forEach(criterion -> assertEquals(criterion, BlockCriterion.parse(criterion.text())));
        assertThrows(IllegalArgumentException.class, () -> BlockCriterion.parse("depth"));
    }

    @Test
    void everyCriterionScoresTheBlocksAskedForAndNoOthers() {
        var measure = Measure.higher("sum", model -> 0);
        for (var criterion : ALL) {
            var one = List.of(ResidualModels.names().getLast());

            assertEquals(Set.copyOf(one), criterion.scores(ResidualModels.context(measure), one).keySet(),
                    criterion.text());
        }
    }
}
