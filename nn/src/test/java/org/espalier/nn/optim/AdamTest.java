package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
}
