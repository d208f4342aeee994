package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.espalier.nn.metrics.Measure;
import org.junit.jupiter.api.Test;

class BlockCriterionTest {
    @Test
    void everyCriterionScoresTheBlocksAskedForAndNoOthers() {
        var measure = Measure.higher("sum", model -> 0);
        for (var criterion : BlockCriteria.all()) {
            var one = List.of(ResidualModels.names().getLast());

            assertEquals(Set.copyOf(one), criterion.scores(ResidualModels.context(measure), one).keySet(),
                    criterion.text());
        }
    }
}
