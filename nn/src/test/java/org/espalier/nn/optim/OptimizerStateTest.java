package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OptimizerStateTest {

    @Test
    void aStateIsACopyThatLaterStepsDoNotChange() {
        var model = Weights.of(1);
        var optimizer = Optimizer.sgd(1).momentum(0.5f).bind(model);
        optimizer.step(model.gradients(1));
        var state = optimizer.state();
        optimizer.step(model.gradients(1));
        assertEquals(1, state.steps());
        assertEquals(1f, state.moments().get("w").slots().get("momentum_buffer").item());
    }

    @Test
    void momentsCanBeSelectedForASmallerModel() {
        var model = Weights.of(1, 1, 1);
        var optimizer = Optimizer.adam(1).bind(model);
        optimizer.step(model.gradients(1, 2, 3));
        var full = optimizer.state();
        var small = full.map("w", moment -> moment.gather(0, 0, 2));
        assertArrayEquals(
                new float[] {0.1f, 0.3f}, small.moments().get("w").slots().get("exp_avg").toArray(), 1e-6f);
        assertEquals(3, full.moments().get("w").slots().get("exp_avg").size());
        assertEquals(1, small.moments().get("w").steps());
        var smaller = Optimizer.adam(1).bind(Weights.of(1, 1));
        smaller.restore(small);
        assertEquals(1, smaller.steps());
    }

    @Test
    void anUnknownParameterIsRefused() {
        var state = Optimizer.adam(1).bind(Weights.of(1)).state();
        assertThrows(IllegalArgumentException.class, () -> state.map("v", Tensor::negate));
    }
}
