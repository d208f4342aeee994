package org.espalier.prune.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalTest {
    @Test
    void aSparsityCountsAllUnits() {
        var half = Goal.of(Amount.sparsity(0.5));

        assertEquals(50, half.removed(100, 0));
        assertEquals(50, half.removed(100, 30));
        assertEquals(70, half.removed(100, 70), "what is removed stays removed");
    }

    @Test
    void aShareOfTheRemainingCountsWhatIsLeft() {
        var half = Goal.of(Amount.ofRemaining(0.5));

        assertEquals(50, half.removed(100, 0));
        assertEquals(75, half.removed(100, 50));
    }

    @Test
    void halvesAreRoundedToEven() {
        var half = Goal.of(Amount.sparsity(0.5));

        assertEquals(0, half.removed(1, 0));
        assertEquals(2, half.removed(3, 0));
        assertEquals(2, half.removed(5, 0));
        assertEquals(4, half.removed(7, 0));
    }

    @Test
    void stepsOfAScheduleEndAtTheExactCount() {
        assertEquals(45, new Goal(Amount.sparsity(0.9), SparsitySchedule.linear(2), 1).removed(100, 0));
        assertEquals(90, new Goal(Amount.sparsity(0.9), SparsitySchedule.linear(2), 2).removed(100, 0));
        assertEquals(60, new Goal(Amount.ofRemaining(0.4), SparsitySchedule.linear(2), 1).removed(100, 50));
        assertEquals(70, new Goal(Amount.ofRemaining(0.4), SparsitySchedule.linear(2), 2).removed(100, 50));
    }

    @Test
    void nothingOfNothingIsNothing() {
        assertEquals(0, Goal.of(Amount.sparsity(0.5)).removed(0, 0));
    }

    @Test
    void someAmountsHaveNoCount() {
        assertTrue(Goal.of(Amount.below(1)).isThreshold());
        assertThrows(IllegalArgumentException.class, () -> Goal.of(Amount.below(1)).removed(5, 0));
        assertThrows(
                IllegalArgumentException.class, () -> Goal.of(Amount.within(Resource.BYTES, 9)).removed(5, 0));
        assertThrows(IllegalArgumentException.class, () -> Goal.of(new Amount.Unset()).removed(5, 0));
        assertThrows(IllegalArgumentException.class, () -> Goal.of(new Amount.ByLayer(Map.of())).removed(5, 0));
    }
}
