package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AllocationTextTest {
    @Test
    void everyAllocationReadsBackFromItsText() {
        for (var allocation : Allocation.all()) {
            assertEquals(allocation, Allocation.parse(allocation.text()));
        }
    }

    @Test
    void anUnknownOneIsRefusedWithTheNamesThereAre() {
        var e = assertThrows(IllegalArgumentException.class, () -> Allocation.parse("locally"));

        assertTrue(e.getMessage().contains("greedy, lamp, per layer"), e.getMessage());
    }
}
