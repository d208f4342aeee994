package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CubicTest {
    @Test
    void theStepsFollowThePublishedFormula() {
        // s = 0.9 − 0.9·(1 − t/4)³ at t = 1, 2, 3
        assertEquals(0.5203125, SparsitySchedule.cubic(4).sparsity(1, 0, 0.9), 1e-15);
        assertEquals(0.7875, SparsitySchedule.cubic(4).sparsity(2, 0, 0.9), 1e-15);
        assertEquals(0.8859375, SparsitySchedule.cubic(4).sparsity(3, 0, 0.9), 1e-15);
    }

    @Test
    void itStartsFromTheInitialSparsity() {
        assertEquals(0.85, SparsitySchedule.cubic(2).sparsity(1, 0.5, 0.9), 1e-15);
    }

    @Test
    void noStepsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SparsitySchedule.cubic(0));
    }
}
