package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparsityScheduleTest {
    private static final List<SparsitySchedule> ALL = List.of(
            SparsitySchedule.oneShot(), SparsitySchedule.linear(7), SparsitySchedule.cubic(7),
            SparsitySchedule.exponential(7), SparsitySchedule.cubic(1));

    @Test
    void theLastStepReachesTheGoalExactlyAndNoStepGoesBack() {
        for (var schedule : ALL) {
            for (double initial : new double[] {0, 0.1, 0.35, 0.9}) {
                for (double goal : new double[] {0.1, 0.7, 0.95, 0.999, 1}) {
                    double last = initial;
                    for (int step = 1; step <= schedule.steps(); step++) {
                        double now = schedule.sparsity(step, initial, Math.max(initial, goal));
                        assertTrue(now >= last, schedule + " goes back at step " + step);
                        last = now;
                    }
                    assertEquals(Math.max(initial, goal), last);
                }
            }
        }
    }

    @Test
    void aGoalThatIsAlreadyPassedIsReturnedAtEveryStep() {
        assertEquals(0.2, SparsitySchedule.cubic(4).sparsity(1, 0.5, 0.2));
    }

    @Test
    void stepsOutsideAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> SparsitySchedule.cubic(4).sparsity(0, 0, 0.5));
        assertThrows(IllegalArgumentException.class, () -> SparsitySchedule.cubic(4).sparsity(5, 0, 0.5));
    }

    @Test
    void aScheduleWithoutStepsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SparsitySchedule.linear(0));
    }
}
