package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CyclicTest {
    @Test
    void everyCycleReachesTheGoalAndTheNextBeginsAnew() {
        var schedule = SparsitySchedule.cyclic(3, SparsitySchedule.linear(3));
        double[] sparsities = IntStream.rangeClosed(1, 9).mapToDouble(i -> schedule.sparsity(i, 0.1, 0.7)).toArray();

        assertArrayEquals(new double[] {0.3, 0.5, 0.7, 0.1, 0.5, 0.7, 0.1, 0.5, 0.7}, sparsities, 1e-12);
        assertEquals(0.7, sparsities[5]);
        assertTrue(schedule.goesBack());
        assertFalse(SparsitySchedule.cyclic(1, SparsitySchedule.linear(3)).goesBack());
    }

    @Test
    void aCycleOfOneStepOrOfCyclesIsNone() {
        assertThrows(IllegalArgumentException.class, () -> SparsitySchedule.cyclic(2, SparsitySchedule.oneShot()));
        assertThrows(IllegalArgumentException.class,
                () -> SparsitySchedule.cyclic(2, SparsitySchedule.cyclic(2, SparsitySchedule.cubic(4))));
        assertThrows(IllegalArgumentException.class, () -> SparsitySchedule.cyclic(0, SparsitySchedule.cubic(4)));
    }
}
