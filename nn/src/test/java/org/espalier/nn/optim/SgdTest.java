package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SgdTest {

    @Test
    void aPlainStepGoesDownTheGradient() {
        var model = Weights.of(1, -2);
        Optimizer.sgd(0.5f).bind(model).step(model.gradients(0.25f, -1));
        assertArrayEquals(new float[] {0.875f, -1.5f}, model.values());
    }

    @Test
    void momentumAddsHalfOfTheLastStep() {
        var model = Weights.of(1);
        var optimizer = Optimizer.sgd(0.5f).momentum(0.5f).bind(model);
        optimizer.step(model.gradients(1)); // v = 1, w = 1 - 0.5
        assertArrayEquals(new float[] {0.5f}, model.values());
        optimizer.step(model.gradients(1)); // v = 1.5, w = 0.5 - 0.75
        assertArrayEquals(new float[] {-0.25f}, model.values());
    }

    @Test
    void nesterovLooksAhead() {
        var model = Weights.of(1);
        var optimizer = Optimizer.sgd(0.5f).nesterov(0.5f).bind(model);
        optimizer.step(model.gradients(1)); // v = 1, d = 1 + 0.5, w = 1 - 0.75
        assertArrayEquals(new float[] {0.25f}, model.values());
        optimizer.step(model.gradients(1)); // v = 1.5, d = 1 + 0.75, w = 0.25 - 0.875
        assertArrayEquals(new float[] {-0.625f}, model.values());
    }

    @Test
    void weightDecayJoinsTheGradient() {
        var model = Weights.of(2);
        Optimizer.sgd(0.5f).weightDecay(0.25f).bind(model).step(model.gradients(1)); // d = 1 + 0.5
        assertArrayEquals(new float[] {1.25f}, model.values());
    }

    @Test
    void momentumNeedsOneBufferAndPlainDescentNone() {
        assertEquals(List.of(), Optimizer.sgd(1).slots());
        assertEquals(List.of("momentum_buffer"), Optimizer.sgd(1).momentum(0.9f).slots());
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Optimizer.sgd(-1));
        assertThrows(IllegalArgumentException.class, () -> Optimizer.sgd(1).momentum(1));
        assertThrows(IllegalArgumentException.class, () -> Optimizer.sgd(1).nesterov(0));
        assertThrows(IllegalArgumentException.class, () -> Optimizer.sgd(1).weightDecay(Float.NaN));
    }
}
