package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class RmsPropTest {

    @Test
    void theFirstStepIsTenRatesLong() {
        var model = Weights.of(1, 1);
        // s = 0.01 g², so g / √s = 10 · sign(g)
        Optimizer.rmsProp(0.01f).bind(model).step(model.gradients(3, -0.2f));
        assertArrayEquals(new float[] {0.9f, 1.1f}, model.values(), 1e-6f);
    }

    @Test
    void theSecondStepIsAsWorkedByHand() {
        var model = Weights.of(1);
        var optimizer = Optimizer.rmsProp(0.1f).decay(0.75f).bind(model);
        optimizer.step(model.gradients(2)); // s = 1, w = 1 - 0.1 * 2
        assertArrayEquals(new float[] {0.8f}, model.values(), 1e-6f);
        optimizer.step(model.gradients(1)); // s = 0.75 + 0.25 = 1, w = 0.8 - 0.1
        assertArrayEquals(new float[] {0.7f}, model.values(), 1e-6f);
    }

    @Test
    void momentumGathersTheNormalizedGradients() {
        var model = Weights.of(1);
        var optimizer = Optimizer.rmsProp(0.1f).decay(0.75f).momentum(0.5f).bind(model);
        optimizer.step(model.gradients(2)); // v = 2
        optimizer.step(model.gradients(1)); // v = 1 + 1
        assertArrayEquals(new float[] {0.6f}, model.values(), 1e-6f);
    }

    @Test
    void aRootOfTheSizeOfEpsilonMakesHalfAStep() {
        var model = Weights.of(1);
        // s = 0.25 · 2² = 1; 1 − 0.5 · 2 / (1 + 1)
        Optimizer.rmsProp(0.5f).decay(0.75f).epsilon(1).bind(model).step(model.gradients(2));
        assertArrayEquals(new float[] {0.5f}, model.values());
    }

    @Test
    void decayJoinsTheGradient() {
        var model = Weights.of(8);
        // g = 0 + 0.5 · 8 = 4, s = 0.25 · 4² = 4; 8 − 0.5 · 4 / 2
        Optimizer.rmsProp(0.5f).decay(0.75f).weightDecay(0.5f).bind(model).step(model.gradients(0));
        assertArrayEquals(new float[] {7}, model.values(), 1e-6f);
        var vector = Weights.of(8);
        Optimizer.rmsProp(0.5f).weightDecay(WeightDecay.ofMatrices(0.5f)).bind(vector).step(vector.gradients(0));
        assertArrayEquals(new float[] {8}, vector.values());
    }

    @Test
    void aMomentIsKeptForTheSquareAndOneForMomentum() {
        assertEquals(List.of("square_avg"), Optimizer.rmsProp(1).slots());
        assertEquals(
                List.of("momentum_buffer", "square_avg"),
                Optimizer.rmsProp(1).momentum(0.9f).slots());
    }

    @Test
    void impossibleSettingsAreRefused() {
        var rule = Optimizer.rmsProp(1);
        assertThrows(IllegalArgumentException.class, () -> rule.decay(1));
        assertThrows(IllegalArgumentException.class, () -> rule.epsilon(0));
        assertThrows(IllegalArgumentException.class, () -> rule.momentum(-0.5f));
    }
}
