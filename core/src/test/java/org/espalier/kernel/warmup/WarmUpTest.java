package org.espalier.kernel.warmup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpTest {
    /** A family whose vector form, or else its scalar form, takes longer. */
    private static final class Fake extends Family {
        private final boolean vectorIsFaster;
        private final AtomicInteger runs = new AtomicInteger();

        Fake(WarmUp warmUp, boolean vectorIsFaster) {
            super(warmUp);
            this.vectorIsFaster = vectorIsFaster;
        }

        @Override
        void run(boolean standIn) {
            runs.incrementAndGet();
            if (standIn == vectorIsFaster) {
                try {
                    TimeUnit.MILLISECONDS.sleep(2);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static void await(WarmUp warmUp) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            while (!warmUp.settled()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        });
    }

    @Test
    void nothingIsWarmedUpThatNobodyAskedFor() {
        var warmUp = new WarmUp();
        var idle = new Fake(warmUp, true);
        var asked = new Fake(warmUp, true);

        assertTrue(warmUp.settled());
        assertFalse(asked.isReady());
        await(warmUp);
        assertTrue(asked.isReady());
        assertEquals(0, idle.runs.get());
    }

    @Test
    void aFamilyThatNeverOvertakesKeepsItsStandIn() {
        var warmUp = new WarmUp(5, 0, 0);
        var slow = new Fake(warmUp, false);

        assertFalse(slow.isReady());
        await(warmUp);
        assertFalse(slow.isReady());
        assertEquals(10, slow.runs.get());
    }

    @Test
    void itBeginsLateUnlessACallerWaits() {
        var warmUp = new WarmUp(100, 0, TimeUnit.HOURS.toNanos(1));
        var asked = new Fake(warmUp, true);

        assertFalse(asked.isReady());
        assertTrue(asked.isPending());
        assertEquals(0, asked.runs.get());
        await(warmUp);
        assertTrue(asked.isReady());
    }

    @Test
    void familiesThatAreAskedForLaterAreWarmedUpToo() {
        var warmUp = new WarmUp();
        var first = new Fake(warmUp, true);
        var second = new Fake(warmUp, true);
        first.isReady();
        await(warmUp);
        second.isReady();
        await(warmUp);

        assertTrue(first.isReady() && second.isReady());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHostThatRefusesTheThreadKeepsTheScalarKernels(boolean security) {
        var warmUp = new WarmUp() {
            @Override
            void start(Runnable work) {
                if (security) {
                    throw new SecurityException("no threads here");
                }
                throw new OutOfMemoryError("unable to create native thread");
            }
        };
        var first = new Fake(warmUp, true);
        var second = new Fake(warmUp, true);

        assertFalse(first.isReady());
        assertFalse(second.isReady());
        assertFalse(first.isReady());
        assertTrue(warmUp.settled());
        assertEquals(0, first.runs.get() + second.runs.get());
    }

    @Test
    void aFaultOfTheVectorKernelsLeavesTheScalarOnesAnswering() {
        var warmUp = new WarmUp() {
            @Override
            void start(Runnable work) {
                try {
                    work.run();
                } catch (IllegalStateException expected) {
                    assertEquals("broken", expected.getMessage());
                }
            }
        };
        var broken = new Family(warmUp) {
            @Override
            void run(boolean standIn) {
                throw new IllegalStateException("broken");
            }
        };

        assertFalse(broken.isReady());
        assertTrue(new Fake(warmUp, true).isReady() == false && !broken.isReady());
    }
}
