package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LinearStepsTest {
    @Test
    void everyStepAddsTheSame() {
        assertEquals(0.3, SparsitySchedule.linear(4).sparsity(1, 0.2, 0.6), 1e-15);
        assertEquals(0.5, SparsitySchedule.linear(4).sparsity(3, 0.2, 0.6), 1e-15);
    }

    @Test
    void noStepsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SparsitySchedule.linear(0));
    }
}
