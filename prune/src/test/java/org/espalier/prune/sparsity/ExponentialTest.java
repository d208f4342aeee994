package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ExponentialTest {
    @Test
    void everyStepKeepsTheSameShareOfWhatIsLeft() {
        // From density 1 to 0.8³ = 0.512 in three steps of 20 % each.
        assertEquals(0.2, SparsitySchedule.exponential(3).sparsity(1, 0, 0.488), 1e-15);
        assertEquals(0.36, SparsitySchedule.exponential(3).sparsity(2, 0, 0.488), 1e-15);
    }

    @Test
    void aGoalOfNothingLeftIsReachedInTheLastStepOnly() {
        assertEquals(0.9, SparsitySchedule.exponential(3).sparsity(1, 0, 1), 1e-12);
        assertEquals(1, SparsitySchedule.exponential(3).sparsity(3, 0, 1));
    }

    @Test
    void noStepsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SparsitySchedule.exponential(-1));
    }
}
