package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.compressed.QuantizedMatrix;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class FakeQuantizeTest {

    @Test
    void itRoundsLikeTheQuantizedMatrix() {
        var weight = Rng.of(1).normal(Shape.of(5, 7), 1);

        assertArrayEquals(
                QuantizedMatrix.of(weight).dequantize().toArray(), FakeQuantize.of(weight).toArray());
    }

    @Test
    void theGradientGoesStraightThrough() {
        var weight = Tensor.of(Shape.of(2, 2), 127, 0.3f, -5, 1).withGrad();
        var factors = Tensor.of(Shape.of(2, 2), 2, 3, 5, 7);
        var gradients = FakeQuantize.of(weight).times(factors).sum().backward();

        assertArrayEquals(factors.toArray(), gradients.of(weight).toArray());
    }

    @Test
    void whatIsNoMatrixIsRefused() {
        assertThrows(ShapeException.class, () -> FakeQuantize.of(Tensor.zeros(Shape.of(3))));
    }
}
