package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LearningRateTest {

    private static void assertRates(LearningRate schedule, double... rates) {
        for (int step = 0; step < rates.length; step++) {
            assertEquals(rates[step], schedule.at(step), 1e-6 * Math.max(1e-3, rates[step]), "step " + step);
        }
    }

    @Test
    void aConstantStays() {
        assertRates(LearningRate.constant(0.1f), 0.1, 0.1, 0.1);
    }

    @Test
    void aStepwiseRateDropsAtTheEndOfEveryStretch() {
        assertRates(LearningRate.stepwise(1, 2, 0.5f), 1, 1, 0.5, 0.5, 0.25);
    }

    @Test
    void anExponentialRateDropsByTheSameShare() {
        assertRates(LearningRate.exponential(8, 0.5f), 8, 4, 2, 1);
    }

    @Test
    void aLineReachesItsEndAndStays() {
        assertRates(LearningRate.linear(1, 0.2f, 4), 1, 0.8, 0.6, 0.4, 0.2, 0.2);
    }

    @Test
    void aCosineIsSteepestInTheMiddle() {
        double half = Math.sqrt(0.5) / 2;
        assertRates(LearningRate.cosine(1, 0, 4), 1, 0.5 + half, 0.5, 0.5 - half, 0, 0);
        assertRates(LearningRate.cosine(1, 0.5f, 2), 1, 0.75, 0.5, 0.5);
    }

    @Test
    void warmUpRisesToTheFirstRateAndThenFollows() {
        assertRates(LearningRate.stepwise(1, 2, 0.5f).withWarmUp(3), 0.25, 0.5, 0.75, 1, 1, 0.5);
    }

    @Test
    void schedulesFollowOneAnother() {
        assertRates(LearningRate.constant(3).until(2, LearningRate.exponential(2, 0.5f)), 3, 3, 2, 1);
    }

    @Test
    void aScheduleCanBeginLater() {
        assertRates(LearningRate.exponential(8, 0.5f).from(2), 2, 1, 0.5);
        assertRates(LearningRate.exponential(8, 0.5f).from(0), 8, 4);
        assertThrows(IllegalArgumentException.class, () -> LearningRate.constant(1).from(-1));
    }

    @Test
    void oneCycleStartsAtATwentyFifthPeaksAtThirtyPercentAndEndsNearZero() {
        // Twenty steps: the peak is at step 0.3 * 20 - 1 = 5, the end at step 19.
        var schedule = LearningRate.oneCycle(1, 20);
        assertEquals(0.04, schedule.at(0), 1e-7);
        assertEquals(1, schedule.at(5), 1e-7);
        assertEquals(0.5 + 0.5 * 4e-6, schedule.at(12), 1e-6);
        assertEquals(4e-6, schedule.at(19), 1e-10);
        assertEquals(4e-6, schedule.at(50), 1e-10);
        for (int step = 0; step < 19; step++) {
            assertTrue(step < 5 == schedule.at(step + 1) > schedule.at(step), "step " + step);
        }
    }

    @Test
    void theShortestCycleHasFourSteps() {
        // The peak is at step 0.2, the end at step 3: half a cosine, 0.8 / 2.8 = 2 / 7 of the way at step 1.
        assertEquals((1 + Math.cos(Math.PI * 2 / 7)) / 2, LearningRate.oneCycle(1, 4).at(1), 4e-6);
    }

    @Test
    void aCustomScheduleIsKnownByItsName() {
        var schedule = LearningRate.custom("inverse root", step -> 1 / Math.sqrt(step + 1));
        assertRates(schedule, 1, Math.sqrt(0.5));
        assertEquals("Custom[inverse root]", schedule.toString());
        var broken = LearningRate.custom("broken", step -> Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> broken.at(0));
    }

    @Test
    void impossibleSchedulesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> LearningRate.constant(Float.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.stepwise(1, 0, 0.5f));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.exponential(-1, 0.5f));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.linear(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.cosine(1, -1, 5));
        assertThrows(IllegalArgumentException.class, () -> LearningRate.oneCycle(1, 3));
        var constant = LearningRate.constant(1);
        assertThrows(IllegalArgumentException.class, () -> constant.withWarmUp(0));
        assertThrows(IllegalArgumentException.class, () -> constant.until(0, constant));
    }
}
