package org.espalier.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ResidualTest {

    @Test
    void theBodysChangeIsAdded() {
        var body = Linear.of(Tensor.of(Shape.of(2, 2), 2, 0, 0, 3), Tensor.vector(10, 20));

        assertArrayEquals(new float[] {13, 28}, Residual.of(body).forward(Tensor.of(Shape.of(1, 2), 1, 2)).toArray());
    }

    @Test
    void gradientsTakeBothWays() {
        var x = Tensor.of(Shape.of(1, 1), 5).withGrad();
        var layer = Residual.of(Linear.of(Tensor.matrix(new float[] {4}), Tensor.vector(0)));

        assertEquals(5, layer.forward(x).sum().backward().of(x).item());
    }

    @Test
    void theBodyRunsInTheSameMode() {
        var x = Tensor.full(Shape.of(10, 10), 1);
        var y = Residual.of(Dropout.of(0.5f)).forward(x, Mode.training(Rng.of(1)));

        // 1 + 0 or 1 + 2
        assertTrue(y.min().item() == 1 && y.max().item() == 3);
    }

    @Test
    void aBodyThatChangesTheShapeIsRefusedEvenIfItWouldBroadcast() {
        var layer = Residual.of(Linear.of(3, 1));

        assertThrows(ShapeException.class, () -> layer.forward(Tensor.zeros(Shape.of(2, 3))));
    }

    @Test
    void parametersAreNamedThroughTheBody() {
        var layer = Residual.of(Sequential.of(Linear.of(3, 3), Activation.relu()));

        assertEquals(List.of("body.fc1.weight", "body.fc1.bias"), List.copyOf(layer.parameters().keySet()));
        assertEquals(StateDict.of(layer), StateDict.of(Layers.copy(layer)));
    }
}
