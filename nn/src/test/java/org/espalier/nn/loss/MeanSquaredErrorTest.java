package org.espalier.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class MeanSquaredErrorTest {
    private static final Loss LOSS = Loss.meanSquaredError();

    @Test
    void squaresAreAveragedOverAllElements() {
        // (1 + 4 + 0 + 9) / 4
        var output = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4).withGrad();
        var target = Tensor.of(Shape.of(2, 2), 0, 4, 3, 1);

        var loss = LOSS.value(output, target);

        assertEquals(3.5f, loss.item());
        // 2·(output − target) / 4
        assertArrayEquals(new float[] {0.5f, -1, 0, 1.5f}, loss.backward().of(output).toArray());
    }

    @Test
    void nothingIsBroadcast() {
        var e = assertThrows(
                ShapeException.class, () -> LOSS.value(Tensor.zeros(Shape.of(3, 1)), Tensor.zeros(Shape.of(3))));
        assertTrue(e.getMessage().startsWith("mean squared error: output [3, 1] and target [3]"), e.getMessage());
    }
}
