package org.espalier.kernel.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class CompileContestTest {
    private static final int WINS = 20;

    @Test
    void manyWinsInARowDecideAndALossStartsTheCountAgain() {
        var runs = new AtomicInteger();

        assertTrue(CompileContest.won(100, 0, () -> 5, () -> runs.incrementAndGet() == 3 ? 9 : 1, round -> {}));
        assertEquals(3 + WINS, runs.get());
    }

    @Test
    void theBestTimeOfTheStandInIsTheOneToBeat() {
        var rounds = new AtomicInteger();

        assertFalse(CompileContest.won(100, 0, () -> rounds.incrementAndGet() == 10 ? 5 : 50, () -> 7, round -> {}));
        assertEquals(100, rounds.get());
    }

    @Test
    void roundsGoOnForALeastTime() {
        var runs = new AtomicInteger();
        LongSupplier faster = () -> runs.incrementAndGet() > 10 ? 1 : 9;

        assertTrue(CompileContest.won(1, TimeUnit.HOURS.toNanos(1), () -> 5, faster, round -> {}));
        assertEquals(10 + WINS, runs.get());
    }

    @Test
    void aChallengerThatOnlyTiesLosesAfterTheLastRound() {
        var runs = new AtomicInteger();

        assertFalse(CompileContest.won(7, 0, () -> 5, () -> 5 + 0 * runs.incrementAndGet(), round -> {}));
        assertEquals(7, runs.get());
    }

    @Test
    void thePauseIsToldWhatARoundTook() {
        var rounds = new AtomicInteger();

        assertFalse(CompileContest.won(4, 0, () -> 5, () -> 7, round -> rounds.addAndGet((int) round)));
        assertEquals(4 * 12, rounds.get());
    }
}
