package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OneShotTest {
    @Test
    void theOnlyStepReachesTheGoal() {
        assertEquals(1, SparsitySchedule.oneShot().steps());
        assertEquals(0.75, SparsitySchedule.oneShot().sparsity(1, 0.5, 0.75));
    }
}
