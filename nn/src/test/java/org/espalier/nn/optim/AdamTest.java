package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AdamTest {

    @Test
    void theFirstStepHasTheLengthOfTheRate() {
        var model = Weights.of(1, 1, 1);
        Optimizer.adam(0.1f).bind(model).step(model.gradients(0.5f, -3, 1e-3f));
        assertArrayEquals(new float[] {0.9f, 1.1f, 0.9f}, model.values(), 2e-6f);
    }

    @Test
    void theSecondStepIsAsWorkedByHand() {
        var model = Weights.of(1);
        var optimizer = Optimizer.adam(0.1f).bind(model);
        optimizer.step(model.gradients(0.5f));
        optimizer.step(model.gradients(-1));
        // m = 0.9 * 0.05 - 0.1 = -0.055, / 0.19 = -0.2894737; v = 0.999 * 0.00025 + 0.001, / 0.001999 = 0.6251876
        assertArrayEquals(new float[] {0.9366104f}, model.values(), 1e-6f);
    }

    @Test
    void aGradientOfTheSizeOfEpsilonMakesHalfAStep() {
        var model = Weights.of(1);
        Optimizer.adam(0.5f).epsilon(0.25f).bind(model).step(model.gradients(0.25f));
        assertArrayEquals(new float[] {0.75f}, model.values(), 1e-6f);
    }

    @Test
    void decayJoinsTheGradientAndIsNormalizedAway() {
        var model = Weights.of(1, -1);
        Optimizer.adam(0.1f).weightDecay(0.5f).bind(model).step(model.gradients(0, 0));
        assertArrayEquals(new float[] {0.9f, -0.9f}, model.values(), 1e-6f);
    }

    @Test
    void othersBetasAreUsed() {
        var model = Weights.of(1);
        var optimizer = Optimizer.adam(0.1f).betas(0, 0).bind(model);
        optimizer.step(model.gradients(5));
        optimizer.step(model.gradients(-5));
        assertArrayEquals(new float[] {1}, model.values(), 1e-6f);
    }

    @Test
    void twoMomentsAreKept() {
        assertEquals(List.of("exp_avg", "exp_avg_sq"), Optimizer.adam(1).slots());
    }

    @Test
    void impossibleSettingsAreRefused() {
        var adam = Optimizer.adam(1);
        assertThrows(IllegalArgumentException.class, () -> adam.betas(1, 0.9f));
        assertThrows(IllegalArgumentException.class, () -> adam.betas(0.9f, -0.1f));
        assertThrows(IllegalArgumentException.class, () -> adam.epsilon(0));
    }

    @Test
    void decoupledDecayShrinksTheWeightApartFromTheStep() {
        var model = Weights.of(2);
        Optimizer.adamW(0.1f).weightDecay(0.5f).bind(model).step(model.gradients(1));
        // 2 * (1 - 0.1 * 0.5) - 0.1
        assertArrayEquals(new float[] {1.8f}, model.values(), 1e-6f);
    }

    @Test
    void withoutAGradientOnlyTheDecoupledDecayRemains() {
        var model = Weights.of(2);
        var optimizer = Optimizer.adamW(0.5f).weightDecay(0.5f).bind(model);
        optimizer.step(model.gradients(0));
        assertArrayEquals(new float[] {1.5f}, model.values());
        assertEquals(0f, optimizer.state().moments().get("w").slots().get("exp_avg").item());
    }

    @Test
    void theDecayOfAdamWIsAHundredthUnlessSaid() {
        assertEquals(WeightDecay.ofAll(0.01f), Optimizer.adamW(1).weightDecay());
        assertEquals(
                WeightDecay.ofMatrices(0.1f),
                Optimizer.adamW(1).weightDecay(WeightDecay.ofMatrices(0.1f)).weightDecay());
    }

    @Test
    void impossibleSettingsOfAdamWAreRefused() {
        var adam = Optimizer.adamW(1);
        assertThrows(IllegalArgumentException.class, () -> adam.betas(0.9f, 1));
        assertThrows(IllegalArgumentException.class, () -> adam.epsilon(-1));
    }

    @Test
    void checkpointsTellAdamFromAdamW() {
        assertEquals(
                "AdamW[learningRate=Constant[rate=0.5], beta1=0.9, beta2=0.999, epsilon=1.0E-8,"
                        + " weightDecay=WeightDecay[rate=0.01, matricesOnly=false]]",
                Optimizer.adamW(0.5f).toString());
        assertEquals(
                "Adam[learningRate=Constant[rate=0.5], beta1=0.9, beta2=0.999, epsilon=1.0E-8,"
                        + " weightDecay=WeightDecay[rate=0.0, matricesOnly=false]]",
                Optimizer.adam(0.5f).toString());
    }

    private static final int LATE = 10_000;

    /** A weight of four elements after many steps of other elements, two of which a mask holds at 0. */
    private static Weights late(BoundOptimizer[] optimizer) {
        var model = Weights.of(1, 1, 1, 1);
        model.parameter().assignMask(Mask.of(Shape.of(4), i -> i < 2));
        optimizer[0] = Optimizer.adam(RATE).bind(model);
        for (int i = 0; i < LATE; i++) {
            optimizer[0].step(model.gradients(0.5f, i % 2 == 0 ? 1 : -1, 0, 0));
        }
        return model;
    }

    private static final float RATE = 0x1p-10f;

    @Test
    void aWeightThatRegrowsLateMakesTheStepsOfAFreshOne() {
        var optimizer = new BoundOptimizer[1];
        var model = late(optimizer);
        model.parameter().clearMask();
        var fresh = Weights.of(0, 0);
        var other = Optimizer.adam(RATE).bind(fresh);
        float[] before = model.values();
        for (int i = 0; i < 40; i++) {
            float g = (float) StrictMath.sin(i + 1);
            optimizer[0].step(model.gradients(0.5f, 1, 0.5f, g));
            other.step(fresh.gradients(0.5f, g));
            float[] now = model.values();
            assertEquals(fresh.values()[0], now[2], "constant gradient, step " + i);
            assertEquals(fresh.values()[1], now[3], "changing gradient, step " + i);
            assertTrue(Math.abs(now[2] - before[2]) <= RATE * 1.00001f, "step " + i + ": " + (now[2] - before[2]));
            before = now;
        }
    }

    @Test
    void theSameHoldsWhereFewAreKept() {
        var model = Weights.of(1, 1, 1, 1);
        model.parameter().assignMask(Mask.of(Shape.of(4), i -> i == 0));
        var optimizer = Optimizer.adam(RATE).bind(model);
        for (int i = 0; i < LATE; i++) {
            optimizer.step(model.gradients(0.5f, 1, 1, 1));
        }
        model.parameter().assignMask(Mask.of(Shape.of(4), i -> i == 3));
        for (int i = 1; i <= 20; i++) {
            optimizer.step(model.gradients(0.5f, 1, 1, 0.25f));
            // A constant gradient moves a fresh weight by the rate in every step.
            assertEquals(-i * RATE, model.values()[3], 1e-6f * i * RATE + 1e-9f);
            assertEquals(0, model.values()[0]);
        }
    }

    @Test
    void aResumedRunRemembersWhenWeightsRegrew() {
        var optimizer = new BoundOptimizer[1];
        var model = late(optimizer);
        model.parameter().clearMask();
        optimizer[0].step(model.gradients(1, 2, 3, 4));
        var state = optimizer[0].state();
        assertArrayEquals(
                new float[] {0, 0, LATE, LATE}, state.moments().get("w").slots().get("restarted_at").toArray());
        var copy = Weights.of(model.values());
        var resumed = Optimizer.adam(RATE).bind(copy);
        resumed.restore(state);
        for (int i = 0; i < 5; i++) {
            optimizer[0].step(model.gradients(4, 3, 2, 1));
            resumed.step(copy.gradients(4, 3, 2, 1));
        }
        assertArrayEquals(model.values(), copy.values());
        assertEquals(resumed.state().moments().get("w").slots().keySet(), state.moments().get("w").slots().keySet());
    }

    @Test
    void aStateWithImpossibleRestartsIsRefused() {
        var model = Weights.of(1);
        var optimizer = Optimizer.adam(RATE).bind(model);
        optimizer.step(model.gradients(1));
        for (float start : new float[] {-1, 2, 0.5f, Float.NaN}) {
            var slots = new LinkedHashMap<>(optimizer.state().moments().get("w").slots());
            slots.put("restarted_at", Tensor.vector(start));
            var moments = new LinkedHashMap<String, OptimizerState.Moments>();
            moments.put("w", new OptimizerState.Moments(1, slots));
            var state = new OptimizerState(1, moments);
            assertThrows(IllegalArgumentException.class, () -> optimizer.restore(state), "start " + start);
        }
    }
}
