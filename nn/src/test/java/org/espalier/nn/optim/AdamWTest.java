package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AdamWTest {

    @Test
    void decayShrinksTheWeightApartFromTheStep() {
        var model = Weights.of(2);
        AdamW.withLearningRate(0.1f).weightDecay(0.5f).bind(model).step(model.gradients(1));
        // 2 * (1 - 0.1 * 0.5) - 0.1
        assertArrayEquals(new float[] {1.8f}, model.values(), 1e-6f);
    }

    @Test
    void withoutAGradientOnlyTheDecayRemains() {
        var model = Weights.of(2);
        var optimizer = AdamW.withLearningRate(0.5f).weightDecay(0.5f).bind(model);
        optimizer.step(model.gradients(0));
        assertArrayEquals(new float[] {1.5f}, model.values());
        assertEquals(0f, optimizer.state().moments().get("w").slots().get("exp_avg").item());
    }

    @Test
    void theDecayIsAHundredthUnlessSaid() {
        assertEquals(WeightDecay.ofAll(0.01f), AdamW.withLearningRate(1).weightDecay());
        assertEquals(
                WeightDecay.ofMatrices(0.1f),
                AdamW.withLearningRate(1).weightDecay(WeightDecay.ofMatrices(0.1f)).weightDecay());
    }

    @Test
    void impossibleSettingsAreRefused() {
        var adam = AdamW.withLearningRate(1);
        assertThrows(IllegalArgumentException.class, () -> adam.betas(0.9f, 1));
        assertThrows(IllegalArgumentException.class, () -> adam.epsilon(-1));
    }
}
