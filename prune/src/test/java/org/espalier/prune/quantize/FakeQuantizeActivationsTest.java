package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.compressed.ActivationScale;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FakeQuantizeActivationsTest {
    /** Codes from −1 to 1.55 in steps of 0.01. */
    private static final ActivationScale SCALE = new ActivationScale(0.01f, -28);

    @Test
    void itRoundsAndSaturates() {
        var x = Tensor.of(Shape.of(5), 0.123f, -3, 9, -0.996f, 0);

        assertArrayEquals(
                new float[] {0.12f, -1, 1.55f, -1, 0},
                FakeQuantizeActivations.of(x, SCALE).toArray(), 1e-7f);
    }

    @Test
    void theGradientGoesThroughWhereNothingSaturates() {
        var x = Tensor.of(Shape.of(4), 0.123f, -3, 9, 1.5f).withGrad();
        var factors = Tensor.of(Shape.of(4), 2, 3, 5, 7);
        var gradients = FakeQuantizeActivations.of(x, SCALE).times(factors).sum().backward();

        assertArrayEquals(new float[] {2, 0, 0, 7}, gradients.of(x).toArray());
    }
}
