package org.espalier.kernel.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompileContestTest {
    @Test
    void threeWinsInARowDecideAndALossStartsTheCountAnew() {
        long[] times = {1, 1, 9, 1, 1, 1};
        var runs = new AtomicInteger();

        assertTrue(CompileContest.won(100, () -> 5, () -> times[runs.getAndIncrement()], round -> {}));
        assertEquals(6, runs.get());
    }

    @Test
    void aChallengerThatOnlyTiesLosesAfterTheLastRound() {
        var runs = new AtomicInteger();

        assertFalse(CompileContest.won(7, () -> 5, () -> 5 + 0 * runs.incrementAndGet(), round -> {}));
        assertEquals(7, runs.get());
    }

    @Test
    void thePauseIsToldWhatARoundTook() {
        var rounds = new AtomicInteger();

        assertFalse(CompileContest.won(4, () -> 5, () -> 7, round -> rounds.addAndGet((int) round)));
        assertEquals(4 * 12, rounds.get());
    }
}
