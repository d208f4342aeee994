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
        Adam.withLearningRate(0.1f).bind(model).step(model.gradients(0.5f, -3, 1e-3f));
        assertArrayEquals(new float[] {0.9f, 1.1f, 0.9f}, model.values(), 2e-6f);
    }

    @Test
    void theSecondStepIsAsWorkedByHand() {
        var model = Weights.of(1);
        var optimizer = Adam.withLearningRate(0.1f).bind(model);
        optimizer.step(model.gradients(0.5f));
        optimizer.step(model.gradients(-1));
        // m = 0.9 * 0.05 - 0.1 = -0.055, / 0.19 = -0.2894737; v = 0.999 * 0.00025 + 0.001, / 0.001999 = 0.6251876
        assertArrayEquals(new float[] {0.9366104f}, model.values(), 1e-6f);
    }

    @Test
    void aGradientOfTheSizeOfEpsilonMakesHalfAStep() {
        var model = Weights.of(1);
        Adam.withLearningRate(0.5f).epsilon(0.25f).bind(model).step(model.gradients(0.25f));
        assertArrayEquals(new float[] {0.75f}, model.values(), 1e-6f);
    }

    @Test
    void decayJoinsTheGradientAndIsNormalizedAway() {
        var model = Weights.of(1, -1);
        Adam.withLearningRate(0.1f).weightDecay(0.5f).bind(model).step(model.gradients(0, 0));
        assertArrayEquals(new float[] {0.9f, -0.9f}, model.values(), 1e-6f);
    }

    @Test
    void othersBetasAreUsed() {
        var model = Weights.of(1);
        var optimizer = Adam.withLearningRate(0.1f).betas(0, 0).bind(model);
        optimizer.step(model.gradients(5));
        optimizer.step(model.gradients(-5));
        assertArrayEquals(new float[] {1}, model.values(), 1e-6f);
    }

    @Test
    void twoMomentsAreKept() {
        assertEquals(List.of("exp_avg", "exp_avg_sq"), Adam.withLearningRate(1).slots());
    }

    @Test
    void impossibleSettingsAreRefused() {
        var adam = Adam.withLearningRate(1);
        assertThrows(IllegalArgumentException.class, () -> adam.betas(1, 0.9f));
        assertThrows(IllegalArgumentException.class, () -> adam.betas(0.9f, -0.1f));
        assertThrows(IllegalArgumentException.class, () -> adam.epsilon(0));
    }
}
