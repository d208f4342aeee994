package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AllocationsTest {
    @Test
    void everyAllocationReadsBackFromItsText() {
        for (var allocation : Allocations.all()) {
            assertEquals(allocation, Allocations.parse(allocation.text()));
        }
    }

    @Test
    void anUnknownOneIsRefusedWithTheNamesThereAre() {
        var e = assertThrows(IllegalArgumentException.class, () -> Allocations.parse("locally"));

        assertTrue(e.getMessage().contains("per layer, global"), e.getMessage());
    }
}
