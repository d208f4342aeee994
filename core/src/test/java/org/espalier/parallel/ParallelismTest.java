package org.espalier.parallel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ParallelismTest {
    @Test
    void rangesCoverEveryIndexOnceAtMultiplesOfTheGrain() {
        for (int threads : new int[] {1, 2, 3, 8}) {
            try (var pool = Parallelism.of(threads)) {
                for (int total : new int[] {0, 1, 7, 16, 100, 1023}) {
                    for (int grain : new int[] {1, 4, 16, 5000}) {
                        int[] visits = new int[total];
                        pool.forRanges(total, grain, (from, to) -> {
                            assertTrue(from < to && from % grain == 0);
                            assertTrue(to == total || to % grain == 0);
                            for (int i = from; i < to; i++) {
                                visits[i]++;
                            }
                        });
                        int[] once = new int[total];
                        Arrays.fill(once, 1);
                        assertArrayEquals(once, visits);
                    }
                }
            }
        }
    }

    @Test
    void everyThreadTakesPart() {
        try (var pool = Parallelism.of(3)) {
            Set<Thread> seen = Collections.synchronizedSet(new HashSet<>());
            pool.forRanges(3, 1, (from, to) -> seen.add(Thread.currentThread()));
            assertEquals(3, seen.size());
            assertTrue(seen.contains(Thread.currentThread()));
        }
    }

    @Test
    void manyShortJobsAllComplete() {
        try (var pool = Parallelism.of(3)) {
            var sum = new AtomicInteger();
            for (int i = 0; i < 20_000; i++) {
                pool.forRanges(3, 1, (from, to) -> sum.addAndGet(to - from));
            }
            assertEquals(60_000, sum.get());
        }
    }

    @Test
    void parkedThreadsWakeForTheNextJob() throws InterruptedException {
        try (var pool = Parallelism.of(2)) {
            var sum = new AtomicInteger();
            for (int i = 0; i < 5; i++) {
                Thread.sleep(5);
                pool.forRanges(2, 1, (from, to) -> sum.addAndGet(to - from));
            }
            assertEquals(10, sum.get());
        }
    }

    @Test
    void theCurrentOneIsSerialUnlessBound() {
        assertEquals(1, Parallelism.current().threads());
        try (var pool = Parallelism.of(2)) {
            pool.run(() -> assertSame(pool, Parallelism.current()));
            assertEquals(2, pool.<Integer>call(() -> Parallelism.current().threads()));
            assertNotSame(pool, Parallelism.current());
        }
    }

    @Test
    void closingTheSerialOneDoesNotBreakIt() {
        Parallelism.current().close();
        var calls = new AtomicInteger();
        Parallelism.current().forRanges(10, 1, (from, to) -> calls.addAndGet(to - from));
        assertEquals(10, calls.get());
    }

    @Test
    void workInsideATaskRunsOnItsCaller() {
        try (var pool = Parallelism.of(2)) {
            pool.run(() -> pool.forRanges(2, 1, (from, to) -> {
                Thread outer = Thread.currentThread();
                Parallelism.current().forRanges(8, 1, (a, b) -> assertSame(outer, Thread.currentThread()));
                pool.forRanges(8, 1, (a, b) -> assertSame(outer, Thread.currentThread()));
            }));
        }
    }

    @Test
    void aTasksExceptionReachesTheCallerAndThePoolSurvives() {
        try (var pool = Parallelism.of(2)) {
            for (int failing = 0; failing < 2; failing++) {
                int which = failing;
                var e = assertThrows(IllegalArgumentException.class, () -> pool.forRanges(2, 1, (from, to) -> {
                    if (from == which) {
                        throw new IllegalArgumentException("part " + which);
                    }
                }));
                assertEquals("part " + which, e.getMessage());
            }
            var e = assertThrows(AssertionError.class, () -> pool.forRanges(2, 1, (from, to) -> {
                throw new AssertionError(from);
            }));
            assertEquals(1, e.getSuppressed().length);
            var sum = new AtomicInteger();
            pool.forRanges(2, 1, (from, to) -> sum.addAndGet(to - from));
            assertEquals(2, sum.get());
        }
    }

    @Test
    void closingLeavesNoThread() {
        Set<Thread> mine = Collections.synchronizedSet(new HashSet<>());
        try (var pool = Parallelism.of(4)) {
            pool.forRanges(4, 1, (from, to) -> mine.add(Thread.currentThread()));
            mine.remove(Thread.currentThread());
            assertEquals(3, mine.size());
            mine.forEach(thread -> assertTrue(thread.isDaemon() && thread.isAlive()));
        }
        mine.forEach(thread -> assertFalse(thread.isAlive()));
    }

    @Test
    void useAfterCloseIsRefused() {
        var pool = Parallelism.of(2);
        pool.close();
        pool.close();
        assertThrows(IllegalStateException.class, () -> pool.run(() -> {}));
        assertThrows(IllegalStateException.class, () -> pool.call(() -> 1));
        assertThrows(IllegalStateException.class, () -> pool.forRanges(1, 1, (from, to) -> {}));
    }

    @Test
    void closingFromInsideATaskIsRefused() {
        try (var pool = Parallelism.of(2)) {
            Parallelism same = pool;
            assertThrows(IllegalStateException.class, () -> pool.forRanges(2, 1, (from, to) -> same.close()));
        }
    }

    @Test
    void impossibleArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Parallelism.of(0));
        try (var pool = Parallelism.of(1)) {
            assertThrows(IllegalArgumentException.class, () -> pool.forRanges(1, 0, (from, to) -> {}));
        }
    }

    @Test
    void twoCallersMayShareAPool() throws InterruptedException {
        try (var pool = Parallelism.of(2)) {
            var sum = new AtomicInteger();
            var failure = new AtomicReference<Throwable>();
            Runnable use = () -> {
                try {
                    for (int i = 0; i < 2000; i++) {
                        pool.forRanges(4, 1, (from, to) -> sum.addAndGet(to - from));
                    }
                } catch (Throwable e) {
                    failure.set(e);
                }
            };
            var other = new Thread(use);
            other.start();
            use.run();
            other.join();
            assertSame(null, failure.get());
            assertEquals(16_000, sum.get());
        }
    }

    @Test
    void anInterruptedCallerStaysInterrupted() {
        try (var pool = Parallelism.of(2)) {
            Thread.currentThread().interrupt();
            pool.forRanges(2, 1, (from, to) -> {});
            assertTrue(Thread.interrupted());
        }
    }
}
