package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class CandidatesTest {
    @Test
    void removedUnitsAreNotAlive() {
        var layer = ScoredLayers.row("a", 1, Double.NaN, 3);

        assertEquals(2, layer.alive());
        assertArrayEquals(new boolean[] {true, false, true}, layer.keepsAlive());
        assertSame(layer.units(), layer.atStart());
    }
}
