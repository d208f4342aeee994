package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
