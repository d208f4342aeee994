package org.espalier.nn.loss;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LossTest {

    @Test
    void aLossOfYourOwnIsOneExpression() {
        Loss cubic = (output, target) -> output.minus(target).abs().pow(3).mean();

        assertEquals(4.5f, cubic.value(Tensor.vector(1, 2), Tensor.vector(0, 0)).item(), 1e-5);
    }

    @Test
    void shapesMustBeEqualNotMerelyBroadcastable() {
        var column = Tensor.zeros(Shape.of(4, 1));

        assertDoesNotThrow(() -> Loss.requireSameShape("test", column, column));
        assertThrows(ShapeException.class, () -> Loss.requireSameShape("test", column, Tensor.zeros(Shape.of(4))));
        assertThrows(ShapeException.class, () -> Loss.requireSameShape("test", column, Tensor.scalar(0)));
    }
}
