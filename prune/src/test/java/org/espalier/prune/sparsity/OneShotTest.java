package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OneShotTest {
    @Test
    void theOnlyStepReachesTheGoal() {
        assertEquals(1, new OneShot().steps());
        assertEquals(0.75, new OneShot().sparsity(1, 0.5, 0.75));
    }
}
