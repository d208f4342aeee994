package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.espalier.parallel.Parallelism;
import org.junit.jupiter.api.Test;

class SplitTest {
    private final Values values = new Values(77);

    @Test
    void smallLoopsStayOnTheirCallersThread() {
        try (var pool = Parallelism.of(3)) {
            pool.run(() -> {
                var threads = ConcurrentHashMap.<Thread>newKeySet();
                Split.elements(Split.WORTH_SPLITTING - 1, (from, to) -> threads.add(Thread.currentThread()));
                Split.elements(Split.WORTH_SPLITTING / 4 - 1, 4, (from, to) -> threads.add(Thread.currentThread()));
                Split.rows(10, 3, 1, (from, to) -> threads.add(Thread.currentThread()));
                Split.columns(3, 10, (from, to) -> threads.add(Thread.currentThread()));
                assertEquals(1, threads.size());
            });
        }
    }

    @Test
    void costlyElementsAreSharedSooner() {
        try (var pool = Parallelism.of(2)) {
            pool.run(() -> {
                var parts = new AtomicInteger();
                Split.elements(Split.WORTH_SPLITTING / 4, 4, (from, to) -> parts.incrementAndGet());
                Split.rows(8, Split.WORTH_SPLITTING / 32, 4, (from, to) -> parts.incrementAndGet());
                assertEquals(4, parts.get());
            });
        }
    }

    @Test
    void largeOnesAreCutAndEveryElementIsVisitedOnce() {
        try (var pool = Parallelism.of(3)) {
            pool.run(() -> {
                var parts = new AtomicInteger();
                var visits = new int[Split.WORTH_SPLITTING + 5];
                Split.elements(visits.length, (from, to) -> {
                    parts.incrementAndGet();
                    for (int i = from; i < to; i++) {
                        visits[i]++;
                    }
                });
                assertEquals(3, parts.get());
                var once = new int[visits.length];
                Arrays.fill(once, 1);
                assertArrayEquals(once, visits);
            });
        }
    }

    /** Elementwise maps, pairs, comparisons, folds along and across rows, rows of a softmax, a layer's gradients. */
    @Test
    void threadsChangeNoBit() {
        var x = values.tensor(300, 170);
        var y = values.tensor(300, 170);
        var wide = values.tensor(2, 200, 130);
        var labels = new int[300];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = i * 7 % 170;
        }
        unchanged(x::tanh);
        unchanged(x::relu);
        unchanged(() -> x.times(y));
        unchanged(() -> x.gate(y));
        unchanged(() -> x.greater(y));
        unchanged(() -> Tensor.where(x.greater(y), x, y));
        unchanged(() -> x.sum(0));
        unchanged(() -> x.sum(1));
        unchanged(() -> x.max(0));
        unchanged(() -> wide.sum(1));
        unchanged(() -> wide.max(2));
        unchanged(x::softmax);
        unchanged(x::logSoftmax);
        unchanged(x::logSumExp);
        unchanged(() -> x.normalize(1e-5f));
        unchanged(() -> x.crossEntropy(0.1f, labels));
        var weight = values.tensor(170, 170).withGrad();
        unchanged(() -> x.linear(weight, Tensor.zeros(Shape.of(170))).relu().crossEntropy(0, labels).mean().backward()
                .of(weight));
    }

    private static void unchanged(Supplier<Tensor> computation) {
        float[] expected = computation.get().toArray();
        for (int threads : new int[] {2, 3, 8}) {
            try (var pool = Parallelism.of(threads)) {
                float[] actual = pool.call(computation).toArray();
                for (int i = 0; i < expected.length; i++) {
                    assertEquals(Float.floatToIntBits(expected[i]), Float.floatToIntBits(actual[i]));
                }
            }
        }
    }

    /** 64 columns of 512 elements are as many as are worth it; 511 are not. A cache line has 16 of them. */
    @Test
    void columnsAreSharedByWholeCacheLines() {
        try (var pool = Parallelism.of(2)) {
            pool.run(() -> {
                var parts = new AtomicInteger();
                Split.columns(64, Split.WORTH_SPLITTING / 64 - 1, (from, to) -> parts.incrementAndGet());
                assertEquals(1, parts.get());
                var uneven = new AtomicInteger();
                Split.columns(64, Split.WORTH_SPLITTING / 64, (from, to) -> {
                    parts.incrementAndGet();
                    uneven.addAndGet(from % 16 + to % 16);
                });
                assertEquals(3, parts.get());
                assertEquals(0, uneven.get());
            });
        }
    }
}
