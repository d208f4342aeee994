package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class BlockCriteriaTest {
    @Test
    void everyCriterionReadsBackFromItsText() {
        BlockCriteria.all().forEach(criterion -> assertEquals(criterion, BlockCriteria.parse(criterion.text())));
        assertThrows(IllegalArgumentException.class, () -> BlockCriteria.parse("depth"));
    }
}
