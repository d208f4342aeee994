package org.espalier.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.espalier.kernel.choice.KernelChoice;
import org.junit.jupiter.api.Test;

class ScratchTest {
    private final AtomicInteger made = new AtomicInteger();
    private final Scratch<int[]> scratch = new Scratch<>() {
        @Override
        protected int[] make() {
            made.incrementAndGet();
            return new int[1];
        }
    };

    @Test
    void aPlatformThreadKeepsItsOwn() throws InterruptedException {
        int[] mine = scratch.lease();
        scratch.release(mine);
        assertSame(mine, scratch.lease());

        var other = new AtomicReference<int[]>();
        Thread.ofPlatform().start(() -> other.set(scratch.lease())).join();
        assertNotSame(mine, other.get());
    }

    @Test
    void virtualThreadsOneAfterTheOtherShareOne() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            Thread.ofVirtual().start(() -> scratch.release(scratch.lease())).join();
        }
        assertEquals(1, made.get());
    }

    @Test
    void noTwoVirtualThreadsHaveTheSameAtOnce() throws InterruptedException {
        int threads = 100;
        var leased = new CountDownLatch(threads);
        var shared = new AtomicInteger();
        var all = new ArrayList<Thread>();
        for (int i = 0; i < threads; i++) {
            all.add(Thread.ofVirtual().start(() -> {
                int[] mine = scratch.lease();
                shared.addAndGet(mine[0]++);
                leased.countDown();
                await(leased);
                mine[0] = 0;
                scratch.release(mine);
            }));
        }
        for (var thread : all) {
            thread.join();
        }
        assertEquals(0, shared.get());
        assertEquals(threads, made.get());

        // What more than 64 threads had at once is not kept.
        for (int i = 0; i < 1000; i++) {
            Thread.ofVirtual().start(() -> scratch.release(scratch.lease())).join();
        }
        assertEquals(threads, made.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void kernelsGiveTheSameBitsOnVirtualThreads() throws InterruptedException {
        var random = new Random(3);
        float[] a = FloatBits.normal(random, 40 * 300);
        float[] b = FloatBits.normal(random, 50 * 300);
        float[] expected = product(a, b);
        var different = new AtomicInteger();
        var all = new ArrayList<Thread>();
        for (int i = 0; i < 200; i++) {
            all.add(Thread.ofVirtual().start(() -> {
                if (!Arrays.equals(expected, product(a, b))) {
                    different.incrementAndGet();
                }
            }));
        }
        for (var thread : all) {
            thread.join();
        }
        assertEquals(0, different.get());
        assertTrue(expected[0] != 0);
    }

    private static float[] product(float[] a, float[] b) {
        float[] c = new float[40 * 50];
        KernelChoice.current().dense()
                .gemm(false, true, 40, 50, 300, a, 0, 300, b, 0, 300, false, c, 0, 50);
        return c;
    }
}
