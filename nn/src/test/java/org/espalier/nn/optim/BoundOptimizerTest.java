package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Mode;
import org.espalier.nn.Parameter;
import org.espalier.nn.Sequential;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoundOptimizerTest {

    @Test
    void aStepReplacesTheValueAndLeavesTheOldTensorAlone() {
        var model = Weights.of(1, 2);
        var before = model.parameter().value();
        Optimizer.sgd(1).bind(model).step(model.gradients(1, 1));
        assertArrayEquals(new float[] {1, 2}, before.toArray());
        assertArrayEquals(new float[] {0, 1}, model.values());
    }

    @Test
    void gradientsServeForOneStepOnly() {
        var model = Weights.of(1);
        var optimizer = Optimizer.sgd(1).bind(model);
        var gradients = model.gradients(1);
        optimizer.step(gradients);
        assertThrows(IllegalArgumentException.class, () -> optimizer.step(gradients));
        assertArrayEquals(new float[] {0}, model.values());
        assertEquals(1, optimizer.steps());
    }

    @Test
    void aFactorScalesTheRatesOfAllLaterSteps() {
        var model = Weights.of(8);
        var rule = Optimizer.sgd(0.5f);
        var optimizer = rule.bind(model);
        assertSame(rule, optimizer.rule());
        optimizer.scaleLearningRate(4);
        optimizer.scaleLearningRate(3);
        assertEquals(1.5f, optimizer.learningRate());
        optimizer.step(model.gradients(1));
        assertArrayEquals(new float[] {6.5f}, model.values());
        optimizer.scaleLearningRate(1);
        assertEquals(0.5f, optimizer.learningRate());
        assertThrows(IllegalArgumentException.class, () -> optimizer.scaleLearningRate(-1));
    }

    @Test
    void weightsNotYetDrawnAreDrawnByTheirPlaceInTheModel() {
        var shape = Shape.of(2, 3);
        var first = Parameter.drawn("first", shape);
        var second = Parameter.drawn("second", shape);
        record Two(Parameter first, Parameter second) implements Layer {
            @Override
            public Tensor forward(Tensor x, Mode mode) {
                return x;
            }

            @Override
            public List<Parameter> ownParameters() {
                return List.of(first, second);
            }
        }
        Optimizer.sgd(1).bind(new Two(first, second));
        for (int i = 0; i < 2; i++) {
            var expected = Init.heNormal().draw(shape, Rng.of(0).split(i));
            assertArrayEquals(expected.toArray(), List.of(first, second).get(i).value().toArray());
        }
    }

    @Test
    void parametersTheLossDoesNotReachAreLeftAlone() {
        var used = Linear.of(Tensor.zeros(Shape.of(1, 1)), Tensor.vector(0));
        var idle = Linear.of(Tensor.of(Shape.of(1, 1), 3), Tensor.vector(4));
        var optimizer = Optimizer.adam(0.5f).weightDecay(1).bind(Sequential.of(used, idle));
        optimizer.step(used.forward(Tensor.of(Shape.of(1, 1), 1)).sum().backward());
        assertArrayEquals(new float[] {3}, idle.weight().value().toArray());
        assertArrayEquals(new float[] {-0.5f}, used.weight().value().toArray(), 1e-6f);
        assertEquals(0, optimizer.state().moments().get("fc2.weight").steps());
        assertEquals(1, optimizer.state().moments().get("fc1.weight").steps());
    }

    @Test
    void buffersAreNotLearned() {
        var buffer = Parameter.buffer("mean", Tensor.vector(5));
        record Shifted(Parameter shift, Parameter mean) implements Layer {
            @Override
            public Tensor forward(Tensor x, Mode mode) {
                return x.plus(shift.value()).minus(mean.value());
            }

            @Override
            public List<Parameter> ownParameters() {
                return List.of(shift, mean);
            }
        }
        var model = new Shifted(Parameter.of("shift", Tensor.vector(1)), buffer);
        var optimizer = Optimizer.sgd(1).bind(model);
        optimizer.step(model.forward(Tensor.vector(0)).sum().backward());
        assertEquals(List.of("shift"), List.copyOf(optimizer.state().moments().keySet()));
        assertArrayEquals(new float[] {5}, buffer.value().toArray());
    }

    @Test
    void aGrownWeightStartsFromZeroWithZeroMoments() {
        var model = Weights.of(1, 1);
        var optimizer = Optimizer.sgd(0.5f).momentum(0.5f).bind(model);
        optimizer.step(model.gradients(1, 1));
        model.parameter().assignMask(Mask.of(Shape.of(2), i -> i == 0));
        assertEquals(0f, optimizer.state().moments().get("w").slots().get("momentum_buffer").get(1));
        optimizer.step(model.gradients(1, 1));
        model.parameter().clearMask();
        optimizer.step(model.gradients(0, 1));
        // The kept one: 1 - 0.5, - 0.75, - 0.375. The regrown one: 0 - 0.5 with a momentum of its own.
        assertArrayEquals(new float[] {-0.625f, -0.5f}, model.values());
        assertEquals(1f, optimizer.state().moments().get("w").slots().get("momentum_buffer").get(1));
    }

    @Test
    void aSkippedStepChangesNoWeightButIsCountedAndFollowsMasks() {
        var model = Weights.of(1, 1);
        var optimizer = Optimizer.sgd(LearningRate.stepwise(0.5f, 1, 0.5f)).momentum(0.5f).bind(model);
        optimizer.step(model.gradients(1, 1));
        model.parameter().assignMask(Mask.of(Shape.of(2), i -> i == 0));
        optimizer.skipStep();
        model.parameter().clearMask();
        assertEquals(2, optimizer.steps());
        assertEquals(0.125f, optimizer.learningRate());
        assertArrayEquals(new float[] {0.5f, 0}, model.values());
        assertArrayEquals(
                new float[] {1, 0}, optimizer.state().moments().get("w").slots().get("momentum_buffer").toArray());
    }

    @ParameterizedTest
    @MethodSource("org.espalier.nn.optim.OptimizerSample#all")
    void aRestoredOptimizerContinuesWithTheSameBits(OptimizerSample sample) {
        var rng = Rng.of(3);
        var gradients = new ArrayList<float[]>();
        for (int i = 0; i < 12; i++) {
            gradients.add(rng.normal(Shape.of(20), 1).toArray());
        }
        var straight = Weights.of(rng.normal(Shape.of(20), 1));
        var optimizer = sample.rule().bind(straight);
        gradients.subList(0, 5).forEach(g -> optimizer.step(straight.gradients(g)));
        var resumed = Weights.of(straight.parameter().value());
        var continued = sample.rule().bind(resumed);
        continued.restore(optimizer.state());
        assertEquals(5, continued.steps());
        for (var g : gradients.subList(5, 12)) {
            optimizer.step(straight.gradients(g));
            continued.step(resumed.gradients(g));
        }
        assertArrayEquals(straight.values(), resumed.values());
    }

    @Test
    void aStateOfAnotherModelOrRuleIsRefused() {
        var model = Weights.of(1, 2);
        var optimizer = Optimizer.adam(1).bind(model);
        var larger = Optimizer.adam(1).bind(Weights.of(1, 2, 3)).state();
        var otherRule = Optimizer.sgd(1).momentum(0.5f).bind(model).state();
        var otherNames = Optimizer.adam(1).bind(Linear.of(1, 1)).state();
        for (var state : List.of(larger, otherRule, otherNames)) {
            assertThrows(IllegalArgumentException.class, () -> optimizer.restore(state));
        }
    }

    @Test
    void manyThreadsGiveTheSameBits() {
        var rng = Rng.of(8);
        var start = rng.normal(Shape.of(50_001), 1);
        var gradient = rng.normal(start.shape(), 1).toArray();
        var mask = Mask.of(start.shape(), i -> rng.nextFloat() < 0.5f);
        var results = new ArrayList<float[]>();
        for (int threads = 1; threads <= 3; threads++) {
            var model = Weights.of(start);
            model.parameter().assignMask(mask);
            var optimizer = Optimizer.adam(0.1f).bind(model);
            try (var pool = Parallelism.of(threads)) {
                pool.run(() -> {
                    optimizer.step(model.gradients(gradient));
                    optimizer.step(model.gradients(gradient));
                });
            }
            results.add(model.values());
        }
        assertArrayEquals(results.get(0), results.get(1));
        assertArrayEquals(results.get(0), results.get(2));
        assertTrue(results.getFirst()[0] != start.get(0));
    }
}
