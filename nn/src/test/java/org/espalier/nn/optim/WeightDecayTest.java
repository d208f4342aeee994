package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Linear;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class WeightDecayTest {

    @Test
    void biasesAreExemptOnlyIfAsked() {
        assertEquals(0.5f, WeightDecay.ofAll(0.5f).of(Shape.of(3)));
        assertEquals(0.5f, WeightDecay.ofMatrices(0.5f).of(Shape.of(3, 2)));
        assertEquals(0f, WeightDecay.ofMatrices(0.5f).of(Shape.of(3)));
        assertEquals(0f, WeightDecay.none().of(Shape.of(3, 2)));
    }

    @Test
    void anExemptBiasDoesNotShrink() {
        var layer = Linear.of(Tensor.of(Shape.of(1, 1), 2), Tensor.vector(2));
        var optimizer = Optimizer.sgd(0.5f).weightDecay(WeightDecay.ofMatrices(0.5f)).bind(layer);
        optimizer.step(layer.forward(Tensor.zeros(Shape.of(1, 1))).times(0f).sum().backward());
        assertArrayEquals(new float[] {1.5f}, layer.weight().value().toArray());
        assertArrayEquals(new float[] {2}, layer.bias().orElseThrow().value().toArray());
    }

    @Test
    void aNegativeRateIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> WeightDecay.ofAll(-1));
    }
}
