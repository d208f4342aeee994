package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Mode;
import org.espalier.nn.Sequential;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Gradients;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** A step whose gradients are computed piece by piece, beside one that finds them in memory. */
class PiecesTest {
    private static final List<Optimizer> RULES = List.of(
            Optimizer.adam(0.02f),
            Optimizer.adamW(0.01f),
            Optimizer.rmsProp(0.01f),
            Optimizer.sgd(0.01f).momentum(0.9f));

    /** Writes each new value before it reads the gradient. */
    private record WritesFirst(LearningRate learningRate) implements Optimizer {
        @Override
        public List<String> slots() {
            return List.of();
        }

        @Override
        public void update(ParameterSlice slice) {
            for (int i = slice.from(); i < slice.to(); i++) {
                slice.out()[i] = slice.value()[i];
                slice.out()[i] -= slice.rate() * slice.gradient()[i];
            }
        }
    }

    /** Notes which elements are updated on which thread, and waits until others have come, if there are to be any. */
    private record Noting(Set<String> ranges, Set<Thread> threads, CountDownLatch together) implements Optimizer {
        Noting(int threads) {
            this(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet(), new CountDownLatch(threads));
        }

        @Override
        public LearningRate learningRate() {
            return LearningRate.constant(1);
        }

        @Override
        public List<String> slots() {
            return List.of();
        }

        @Override
        public void update(ParameterSlice slice) {
            ranges.add(slice.from() + "-" + slice.to());
            threads.add(Thread.currentThread());
            together.countDown();
            try {
                together.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static ParameterSlice whole(Shape shape) {
        var out = new float[shape.size()];
        return new ParameterSlice(shape, 1, 1, out, out, new float[0][], null, out, List.of());
    }

    private static Noting pieces(int threads, int meeting, Shape shape, boolean computed) {
        var rule = new Noting(meeting);
        try (var pool = Parallelism.of(threads)) {
            pool.run(() -> {
                var pieces = new Pieces();
                pieces.add(whole(shape), computed ? Tensor.zeros(shape) : null);
                pieces.update(rule);
            });
        }
        return rule;
    }

    @Test
    void aParameterIsCutIntoPiecesOf32768Elements() {
        var size = 1 << 15;
        assertEquals(Set.of("0-32768"), pieces(1, 1, Shape.of(size), false).ranges());
        assertEquals(
                Set.of("0-32768", "32768-65536", "65536-65541"),
                pieces(1, 1, Shape.of(2 * size + 5), false).ranges());
    }

    @Test
    void aGradientToBeComputedIsCutIntoMultiplesOfSixRowsTwoForEachThread() {
        assertEquals(Set.of("0-300"), pieces(1, 1, Shape.of(30, 10), true).ranges());
        // 30 rows / (2 pieces · 2 threads) = 7, rounded up to 12
        assertEquals(Set.of("0-120", "120-240", "240-300"), pieces(2, 1, Shape.of(30, 10), true).ranges());
        // no more than 2^20 elements where that leaves 6 rows: 2^20 / 2^18 = 4, rounded up to 6
        assertEquals(Set.of("0-1572864", "1572864-2097152"), pieces(1, 1, Shape.of(8, 1 << 18), true).ranges());
        assertEquals(Set.of(), pieces(1, 1, Shape.of(3, 0), true).ranges());
    }

    @Test
    void rowsOfHundredsOfMillionsAreCutWithoutOverflow() {
        // 6 rows have more than 2^31 elements; neither the gradient nor the values exist.
        var gradient = Storage.lazy(Shape.of(5, 400_000_000), () -> new float[0]);
        var slice = whole(Shape.of(0)).range(0, 2_000_000_000);
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> new Pieces().add(slice, gradient));
    }

    @Test
    void threadsShareParametersOf16384ElementsAndMore() {
        assertEquals(2, pieces(2, 2, Shape.of(32, 512), true).threads().size());
        assertEquals(Set.of(Thread.currentThread()), pieces(2, 1, Shape.of(32, 511), true).threads());
    }

    @Test
    void smallParametersAddUp() {
        var rule = new Noting(2);
        try (var pool = Parallelism.of(2)) {
            pool.run(() -> {
                var pieces = new Pieces();
                pieces.add(whole(Shape.of(1 << 13)), null);
                pieces.add(whole(Shape.of(1 << 13)), null);
                pieces.update(rule);
            });
        }
        assertEquals(2, rule.threads().size());
    }

    private static Sequential model(boolean masked) {
        var first = Linear.of(300, 257);
        var model = Sequential.of(first, Activation.relu(), Linear.of(257, 3));
        model.initialize(Init.heNormal(), 1);
        if (masked) {
            first.weight().assignMask(Mask.of(first.weight().shape(), i -> i % 5 != 0));
        }
        return model;
    }

    private static Gradients gradients(Layer model, int step) {
        var x = Rng.of(step).normal(Shape.of(20, 300), 1);
        return model.forward(x, Mode.training(Rng.of(1))).square().mean().backward();
    }

    private static float[][] train(Optimizer rule, int threads, boolean masked, boolean read) {
        var model = model(masked);
        var optimizer = rule.bind(model);
        try (var pool = Parallelism.of(threads)) {
            pool.run(() -> {
                for (int step = 0; step < 3; step++) {
                    var gradients = gradients(model, step);
                    if (read) {
                        gradients.leaves().forEach(leaf -> gradients.of(leaf).toArray());
                    }
                    optimizer.step(gradients);
                }
            });
        }
        return model.parameters().values().stream()
                .map(parameter -> parameter.value().toArray())
                .toArray(float[][]::new);
    }

    @Test
    void gradientsComputedByPiecesGiveTheBitsOfThoseInMemory() {
        for (var rule : RULES) {
            for (boolean masked : new boolean[] {false, true}) {
                var expected = train(rule, 1, masked, true);
                for (int threads : new int[] {1, 2, 3, 8}) {
                    assertArrayEquals(expected, train(rule, threads, masked, false), rule + " on " + threads);
                }
            }
        }
    }

    @Test
    void aRuleOfTheUsersMayWriteBeforeItReads() {
        var rule = new WritesFirst(LearningRate.constant(0.1f));
        assertArrayEquals(train(Optimizer.sgd(0.1f), 1, false, true), train(rule, 2, false, false));
    }

    @Test
    void theRulesOfTheLibraryReadFirst() {
        RULES.forEach(rule -> assertTrue(rule instanceof FusedOptimizer, rule.toString()));
    }

    @Test
    void aStepLeavesTheGradientsAsTheyWere() {
        var model = model(false);
        var gradients = gradients(model, 0);
        var weight = model.parameters().get("fc1.weight").value();
        var gradient = gradients.of(weight);
        assertTrue(Storage.hasLazyRows(gradient));
        float[] expected = gradients(model, 0).of(weight).toArray();
        Optimizer.adam(0.01f).bind(model).step(gradients);
        assertArrayEquals(expected, gradient.toArray());
    }
}
