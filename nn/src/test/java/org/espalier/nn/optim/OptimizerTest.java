package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class OptimizerTest {

    /** A rule of a user's own (sign descent with a counter of steps), written without a thought for masks. */
    private record SignDescent(LearningRate learningRate) implements Optimizer {
        @Override
        public List<String> slots() {
            return List.of("count");
        }

        @Override
        public void update(ParameterSlice slice) {
            for (int i = slice.from(); i < slice.to(); i++) {
                slice.slot(0)[i] += 1;
                slice.out()[i] = slice.value()[i] - slice.rate() * Math.signum(slice.gradient()[i]);
            }
        }
    }

    @Test
    void aRuleOfYourOwnObeysMasksWithoutKnowingThem() {
        var model = Weights.of(1, 1, 1);
        model.parameter().assignMask(Mask.of(Shape.of(3), i -> i != 1));
        var optimizer = new SignDescent(LearningRate.constant(0.25f)).bind(model);
        optimizer.step(model.gradients(7, Float.NaN, -2));
        assertArrayEquals(new float[] {0.75f, 0, 1.25f}, model.values());
        var count = optimizer.state().moments().get("w").slots().get("count");
        assertArrayEquals(new float[] {1, 0, 1}, count.toArray());
    }

    @Test
    void aRuleCanBeBoundManyTimes() {
        var rule = Optimizer.sgd(1).momentum(0.5f);
        var first = Weights.of(0);
        var second = Weights.of(0);
        rule.bind(first).step(first.gradients(1));
        rule.bind(second).step(second.gradients(1));
        assertArrayEquals(first.values(), second.values());
    }

    @Test
    void anotherLearningRateIsAllThatChanges() {
        var rule = Optimizer.sgd(1).momentum(0.5f);
        var model = Weights.of(0);
        var optimizer = rule.bind(model, GradientClipping.none(), LearningRate.constant(2));
        optimizer.step(model.gradients(1));
        optimizer.step(model.gradients(1));
        // The momentum is 1, then 1.5.
        assertArrayEquals(new float[] {-5}, model.values());
        assertEquals(2, optimizer.learningRate());
    }

    @Test
    void bindingMayClip() {
        var model = Weights.of(0, 0);
        Optimizer.sgd(1).bind(model, GradientClipping.byGlobalNorm(1)).step(model.gradients(30, 40));
        assertArrayEquals(new float[] {-0.6f, -0.8f}, model.values(), 1e-6f);
        var poisoned = model.gradients(Float.NaN, 0);
        var clipping = Optimizer.sgd(1).bind(model, GradientClipping.byValue(1));
        assertThrows(DivergenceException.class, () -> clipping.step(poisoned));
        assertEquals(0, clipping.steps());
    }
}
